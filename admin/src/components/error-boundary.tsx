import { Button, Result } from 'antd';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import i18next from 'i18next';

/** React offers error boundaries as classes only. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // eslint-disable-next-line no-console -- the only place where a crash of the screen can be read afterwards
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    const reload = (
      <Button type="primary" onClick={() => window.location.reload()}>
        {i18next.t('shell.reload')}
      </Button>
    );
    return (
      <Result
        status="warning"
        title={i18next.t('shell.brokenTitle')}
        subTitle={i18next.t('shell.brokenText')}
        extra={reload}
      />
    );
  }
}
