import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { bootTessera, type Tessera } from '../../config/presets/testing';
import { launchBrowser } from './browser';

export type Language = 'zh-CN' | 'en';
/** The two screens that Tessera is laid out for: a counter display and a 10" tablet held upright. */
export const SIZES = { desktop: { width: 1280, height: 800 }, tablet: { width: 800, height: 1280 } } as const;
export type Size = keyof typeof SIZES;

export interface View {
  language?: Language;
  size?: Size;
  appearance?: 'light' | 'dark';
}

export interface Panel {
  tessera: Tessera;
  url: string;
  /** A browser of its own: no cookies, no remembered choices. */
  open(view?: View): Promise<Page>;
  /** Opens a page and signs in through the form. */
  openAs(person: { email: string; password: string }, view?: View): Promise<Page>;
  close(): Promise<void>;
}

const artifacts = resolve(__dirname, '../../artifacts/screenshots');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const views = new WeakMap<Page, Required<View>>();

function viewOf(page: Page): Required<View> {
  return views.get(page) ?? { language: 'en', size: 'desktop', appearance: 'light' };
}

async function openPage(browser: Browser, url: string, view: View): Promise<Page> {
  const { language = 'en', size = 'desktop', appearance = 'light' } = view;
  const context = await browser.newContext({
    baseURL: url,
    viewport: SIZES[size],
    locale: language,
    colorScheme: appearance,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  views.set(page, { language, size, appearance });
  return page;
}

/** Fills the sign-in form and waits for the shell. */
export async function signInThroughForm(page: Page, person: { email: string; password: string }): Promise<void> {
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
  const open = (view: View = {}) => openPage(browser, tessera.url, view);
  return {
    tessera,
    url: tessera.url,
    open,
    async openAs(person, view) {
      const page = await open(view);
      await signInThroughForm(page, person);
      return page;
    },
    async close() {
      await browser.close();
      await tessera.close();
    },
  };
}

/** Waits until nothing is loading any more. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page
    .locator('.ant-skeleton-active, .ant-spin-spinning')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => undefined);
}

/** `artifacts/screenshots/<name>-<language>-<size>.png`, with `-dark` for the dark appearance. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const { language, size, appearance } = viewOf(page);
  mkdirSync(artifacts, { recursive: true });
  const suffix = appearance === 'dark' ? '-dark' : '';
  await page.screenshot({ path: `${artifacts}/${name}-${language}-${size}${suffix}.png` });
}

/** Serious and critical faults that axe-core finds, as `rule: element`. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    return axe.run();
  });
  return results.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}`));
}

const RAW_KEY = /\b[a-z][a-zA-Z]+(\.[a-z][a-zA-Z_-]+){1,3}\b/g;
/** Dotted words that are no text keys. */
const NOT_KEYS = /@|\.(test|com|csv|gz|json)\b/;

/** What a person would see as an untranslated text: dotted keys, and 汉字 on an English screen. */
export async function textFaults(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  const words = text.split(/\s+/).filter((word) => !NOT_KEYS.test(word));
  const keys = words.flatMap((word) => word.match(RAW_KEY) ?? []);
  if (viewOf(page).language !== 'en') return keys;
  return [...keys, ...text.split('\n').filter((line) => /\p{Script=Han}/u.test(line))];
}
