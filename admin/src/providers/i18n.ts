import type { I18nProvider } from '@refinedev/core';
import type { Locale } from 'antd/es/locale';
import dayjs from 'dayjs';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'tessera.language';
const LOADERS = {
  'zh-CN': () => import('../locales/zh-CN'),
  en: () => import('../locales/en'),
};

let antdLocale: Locale | undefined;
const listeners = new Set<() => void>();

function preferred(): Language {
  const chosen = localStorage.getItem(KEY);
  const found = LANGUAGES.find((language) => language === chosen);
  if (found) return found;
  return navigator.languages.some((language) => language.startsWith('zh')) || !navigator.language.startsWith('en')
    ? 'zh-CN'
    : 'en';
}

/** Loads one language, everywhere at once: our texts, Ant Design's and the calendar's. */
export async function changeLanguage(language: Language): Promise<void> {
  const loaded = await LOADERS[language]();
  i18next.addResourceBundle(language, 'translation', loaded.texts);
  dayjs.locale(loaded.dayjsLocale);
  antdLocale = loaded.antdLocale;
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
  for (const listener of listeners) listener();
}

export async function startI18n(): Promise<void> {
  await i18next
    .use(initReactI18next)
    .init({ resources: {}, fallbackLng: false, interpolation: { escapeValue: false }, returnNull: false });
  await changeLanguage(preferred());
}

/** Changes the language and remembers it on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await changeLanguage(language);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAntdLocale(): Locale | undefined {
  return useSyncExternalStore(subscribe, () => antdLocale);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => (i18next.language === 'en' ? 'en' : 'zh-CN'));
}

/** Picks from a `{ zh, en }` text of the server, in the language of the screen. */
export function pick(text: { zh: string; en: string }): string {
  return i18next.language === 'en' ? text.en : text.zh;
}

/** Picks from `nameZh`/`nameEn`. */
export function nameOf(item: { nameZh: string; nameEn: string }): string {
  return i18next.language === 'en' ? item.nameEn : item.nameZh;
}

/** "a, b and c", as the language of the screen joins them. */
export const listOf = (texts: readonly string[]): string =>
  new Intl.ListFormat(i18next.language, { type: 'conjunction' }).format(texts);

export const i18nProvider: I18nProvider = {
  translate: (key, options, fallback) =>
    i18next.exists(key) ? i18next.t(key, (options ?? {}) as Record<string, unknown>) : (fallback ?? key),
  changeLocale: (language) => chooseLanguage(language as Language),
  getLocale: () => i18next.language,
};
