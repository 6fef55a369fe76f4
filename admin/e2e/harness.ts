import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { bootTessera, type Tessera } from '../../config/presets/testing';
import { launchBrowser } from './browser';
import { settle, watchRequests } from './settle';

export { settle, shows } from './settle';
export { textFaults } from './text-faults';

export type Language = 'zh-CN' | 'en';
/** The two screens that Tessera is laid out for: a counter display and a 10" tablet held upright. */
export const SIZES = { desktop: { width: 1280, height: 800 }, tablet: { width: 800, height: 1280 } } as const;
export type Size = keyof typeof SIZES;

export interface View {
  language?: Language;
  size?: Size;
  appearance?: 'light' | 'dark';
}

export interface Person {
  email: string;
  password: string;
}

export interface Panel {
  tessera: Tessera;
  url: string;
  /** A page without cookies or remembered choices. */
  open(view?: View): Promise<Page>;
  /** Opens a page and signs in through the form. */
  openAs(person: Person, view?: View): Promise<Page>;
  /** Opens a page that is signed in already, at an address. The form is not part of what is tested. */
  openSignedIn(person: Person, path: string, view?: View): Promise<Page>;
  /** Gives a page back: the next that is opened is this one, with what it remembered wiped out. */
  release(page: Page): Promise<void>;
  close(): Promise<void>;
}

const artifacts = resolve(__dirname, '../../artifacts/screenshots');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const views = new WeakMap<Page, Required<View>>();

function viewOf(page: Page): Required<View> {
  return views.get(page) ?? { language: 'en', size: 'desktop', appearance: 'light' };
}

/** Puts a page into another language, size or appearance; a screen that is open changes in place. */
export async function show(page: Page, view: Required<View>): Promise<void> {
  const { language, size, appearance } = viewOf(page);
  if (view.size !== size) await page.setViewportSize(SIZES[view.size]);
  if (view.appearance !== appearance) await page.emulateMedia({ colorScheme: view.appearance });
  if (view.language !== language) await page.locator('button:has(.anticon-translation)').click();
  views.set(page, view);
  await settle(page);
}

async function newPage(browser: Browser, url: string, language: Language): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  watchRequests(page);
  return page;
}

/** Leaves the panel for a file of its origin, where nothing writes to the storage while it is emptied. */
async function wipe(page: Page): Promise<void> {
  page.removeAllListeners('response');
  page.removeAllListeners('dialog');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.goto('/tessera.svg');
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.context().clearCookies();
}

/**
 * Pages of one browser. A page that was used before opens the panel in a third of the time: its process has compiled
 * the scripts already. Each has a context of its own, so two that are open at once are two devices.
 */
function pagesOf(browser: Browser, url: string): Pick<Panel, 'open' | 'release'> {
  const free: Record<Language, Page[]> = { 'zh-CN': [], en: [] };
  const home = new WeakMap<Page, Language>();
  return {
    async open({ language = 'en', size = 'desktop', appearance = 'light' } = {}) {
      const page = free[language].pop() ?? (await newPage(browser, url, language));
      home.set(page, language);
      views.set(page, { language, size, appearance });
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme: appearance });
      return page;
    },
    async release(page) {
      await wipe(page);
      free[home.get(page) ?? 'en'].push(page);
    },
  };
}

/** Fills the sign-in form and waits for the shell. */
export async function signInThroughForm(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[autocomplete="username"]').fill(person.email);
  await page.locator('input[type="password"]').fill(person.password);
  await page.locator('button[type="submit"]').click();
  await page.locator('nav').waitFor();
}

/** A booted server that serves the built panel as in production, and a browser. Once per test file: it takes seconds. */
export async function openPanel(): Promise<Panel> {
  const tessera = await bootTessera();
  const browser = await launchBrowser();
  const { open, release } = pagesOf(browser, tessera.url);
  return {
    tessera,
    url: tessera.url,
    open,
    release,
    async openAs(person, view) {
      const page = await open(view);
      await signInThroughForm(page, person);
      return page;
    },
    async openSignedIn(person, path, view) {
      const page = await open(view);
      // The answer's cookie is the session: the panel trades it for a token, as after a reload.
      const { email, password } = person;
      const answer = await page.request.post('/admin/login', { data: { email, password, deviceId: randomUUID() } });
      if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()}`);
      await page.goto(path);
      await settle(page);
      return page;
    },
    async close() {
      await browser.close();
      await tessera.close();
    },
  };
}

/** Moves within the panel as a link does, without a reload. */
export async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }, path);
  await settle(page);
}

/** They are for people to look at, prove nothing, and cost a test run a minute: taken with `PICTURES=1` only. */
export const TAKES_PICTURES = process.env.PICTURES === '1';

/** `artifacts/screenshots/<name>-<language>-<size>.png`, with `-dark` for the dark appearance. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!TAKES_PICTURES) return;
  const { language, size, appearance } = viewOf(page);
  mkdirSync(artifacts, { recursive: true });
  const suffix = appearance === 'dark' ? '-dark' : '';
  await page.screenshot({ path: `${artifacts}/${name}-${language}-${size}${suffix}.png` });
}

/**
 * Serious and critical faults that axe-core finds, as `rule: element`. It takes its time: `known` names what was looked
 * at before, the shell around the screen (on another screen) or all but the colours (in another appearance).
 */
export async function accessibilityFaults(page: Page, known: ('all but colours' | 'shell')[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const context = { include: ['body'], exclude: known.includes('shell') ? ['.shell-sider', '.shell-header'] : [] };
  const options: RunOptions = {
    resultTypes: ['violations'],
    preload: false,
    ...(known.includes('all but colours') ? { runOnly: COLOUR_RULES } : {}),
  };
  const results = await page.evaluate(
    async ([where, how]) => {
      const { axe } = globalThis as unknown as { axe: { run(...given: unknown[]): Promise<AxeResults> } };
      return axe.run(where, how);
    },
    [context, options] as const,
  );
  return results.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}`));
}
