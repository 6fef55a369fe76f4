import { theme, type ThemeConfig } from 'antd';
import type { Appearance } from './providers/appearance';

const FONTS =
  '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** Ant Design's own grey for hints, its blue on white and what a pointer turns them into miss AA (4.5 : 1); these do not. */
const LIGHT = {
  colorPrimary: '#1554c0',
  colorLink: '#1554c0',
  colorLinkHover: '#0d3f94',
  colorBgLayout: '#f4f6f9',
  colorTextDescription: '#5b6472',
  colorTextTertiary: '#5b6472',
  colorTextPlaceholder: '#6b7280',
  colorSuccess: '#237804',
  // derived from so dark a green they would be grey
  colorSuccessBg: '#f6ffed',
  colorSuccessBorder: '#b7eb8f',
  colorWarning: '#ad6800',
  colorError: '#cf1322',
};
const DARK = {
  colorPrimary: '#3c7ee8',
  colorPrimaryHover: '#3b73d0',
  colorLink: '#7fb0ff',
  colorLinkHover: '#a8cbff',
  colorBgLayout: '#0e1116',
  colorBgContainer: '#171b22',
  colorBgElevated: '#1d222b',
  colorTextDescription: '#a3acba',
  colorTextTertiary: '#a3acba',
  colorTextPlaceholder: '#8b95a5',
  colorSuccess: '#6abe39',
  colorWarning: '#e8b339',
  colorError: '#f37370',
  colorErrorActive: '#c9605d',
};

/** `isStill`: nothing slides or fades. */
export function themeFor(appearance: Appearance, { isStill }: { isStill: boolean }): ThemeConfig {
  const colours = appearance === 'dark' ? DARK : LIGHT;
  return {
    algorithm: appearance === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: true,
    hashed: false,
    // Every entry of the menu is in sight at 1280 × 800.
    components: {
      Menu: { itemHeight: 36, itemMarginBlock: 2, itemSelectedColor: colours.colorLink },
      // On the light red of the dark appearance nobody reads white.
      ...(appearance === 'dark' ? { Button: { dangerColor: '#14171c' } } : {}),
    },
    token: { fontFamily: FONTS, fontSize: 14, borderRadius: 8, motion: !isStill, ...colours },
  };
}
