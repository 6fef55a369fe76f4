import { Layout } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ShellHeader } from './shell-header';
import { ShellMenu } from './shell-menu';

const KEY = 'tessera.menu';

/** Narrow screens (a tablet upright) begin with the icon rail; the choice is remembered on the device. */
function beginsCollapsed(): boolean {
  const chosen = localStorage.getItem(KEY);
  return chosen ? chosen === 'collapsed' : window.innerWidth < 1024;
}

/** Menu at the side, header above, the screen in `<main>`. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [isCollapsed, setCollapsed] = useState(beginsCollapsed);

  function toggle(): void {
    localStorage.setItem(KEY, isCollapsed ? 'open' : 'collapsed');
    setCollapsed(!isCollapsed);
  }

  return (
    <Layout style={{ height: '100%' }}>
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      <Layout.Sider
        className="shell-sider"
        width={208}
        collapsedWidth={56}
        collapsed={isCollapsed}
        trigger={null}
        style={{ background: 'var(--ant-color-bg-container)' }}
      >
        <ShellMenu isCollapsed={isCollapsed} />
      </Layout.Sider>
      <Layout style={{ minWidth: 0 }}>
        <ShellHeader isMenuCollapsed={isCollapsed} onToggleMenu={toggle} />
        <main id="content" className="shell-content" tabIndex={-1}>
          {children}
        </main>
      </Layout>
    </Layout>
  );
}
