import type { Locator, Page, Request } from 'playwright-core';

interface Traffic {
  underWay: Set<Request>;
  /** How many requests were ever sent: tells whether one was sent between two looks. */
  sent: number;
}

const traffic = new WeakMap<Page, Traffic>();
const PATIENCE_MS = 15_000;
const LOADING = '.ant-skeleton-active, .ant-spin-spinning, .ant-btn-loading, [aria-busy="true"]';

/** Counts what the page asks the server for; from its first request on. */
export function watchRequests(page: Page): void {
  const seen: Traffic = { underWay: new Set(), sent: 0 };
  const end = (request: Request) => seen.underWay.delete(request);
  page.on('request', (request) => {
    seen.underWay.add(request);
    seen.sent += 1;
  });
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  traffic.set(page, seen);
}

/** What still keeps the screen from being as it will stay. */
function findUnrest(page: Page): Promise<string[]> {
  return page.evaluate(async (loading) => {
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    // A screen that React prepares in the background is not in the DOM yet: an idle browser has none in preparation.
    const idle = () => new Promise((rest) => requestIdleCallback(rest));
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    await document.fonts.ready;
    await idle();
    await frame();
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    await frame();
    await idle();
    observer.disconnect();
    const visible = [...document.querySelectorAll(loading)].filter((element) => element.getClientRects().length > 0);
    const moving = document.getAnimations().filter(({ playState, effect }) => {
      const isEndless = effect?.getComputedTiming().iterations === Infinity;
      return playState === 'running' && !isEndless;
    });
    return [
      ...(changes > 0 ? [`${changes} changes of the page`] : []),
      ...visible.map((element) => element.className.toString()),
      ...moving.map((animation) => `animation ${(animation as CSSAnimation).animationName ?? 'of a transition'}`),
    ];
  }, LOADING);
}

/**
 * Waits until the screen is as it will stay: every request answered and none sent while looking, no skeleton or
 * spinner, fonts loaded, animations ended. Fails naming what never came to rest.
 */
export async function settle(page: Page): Promise<void> {
  const seen = traffic.get(page);
  if (!seen) throw new Error('settle() needs a page of the harness');
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const sent = seen.sent;
    const unrest = await findUnrest(page);
    const open = [...seen.underWay].map((request) => `${request.method()} ${request.url()}`);
    if (unrest.length === 0 && open.length === 0 && seen.sent === sent) return;
    if (Date.now() > deadline) throw new Error(`The page does not settle: ${[...open, ...unrest].join(', ')}`);
  }
}

/** Waits until an element's text holds, or matches, what is expected; fails with the text that it had last. */
export async function shows(where: Locator, expected: string | RegExp): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const text = await where.innerText();
    if (typeof expected === 'string' ? text.includes(expected) : expected.test(text)) return;
    if (Date.now() > deadline) throw new Error(`Expected ${expected.toString()} in:\n${text}`);
    await where.page().waitForTimeout(50);
  }
}
