const { TestEnvironment } = require('jest-environment-node');

/** Strapi ends by taking every listener off the process, those by which the worker hears from Jest too. */
function createWithListenersKept(options) {
  const ours = process
    .eventNames()
    .flatMap((event) => process.rawListeners(event).map((listener) => [event, listener]));
  const strapi = require('@strapi/strapi').createStrapi(options);
  const destroy = strapi.destroy.bind(strapi);
  strapi.destroy = async () => {
    await destroy();
    for (const [event, listener] of ours) process.on(event, listener);
  };
  return strapi;
}

/**
 * Jest loads every module anew for every test file, and loading is three quarters of a start of Strapi (measured: 5.0 s of CPU cold,
 * 1.3 s warm). So Strapi is loaded outside the sandbox, once per worker; each file still starts its own on a database of its own.
 */
module.exports = class WarmStrapi extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.createStrapi = (environment, options) => {
      // The sandbox has a copy of the variables; Strapi reads the real ones.
      Object.assign(process.env, environment);
      return createWithListenersKept(options);
    };
  }
};
