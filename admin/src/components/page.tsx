import { useEffect, type ReactNode } from 'react';

interface PageProps {
  title: string;
  /** Beside the title: tags. */
  tags?: ReactNode;
  /** The way back. */
  back?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** Names the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tessera`;
  }, [title]);
}

/** Title, actions, content: the frame of every back-office screen. */
export function Page({ title, tags, back, actions, children }: PageProps) {
  useTitle(title);
  return (
    <div className="page">
      {back && <div className="page-back">{back}</div>}
      <div className="page-header">
        {/* Not Ant Design's title: refusals are titled too, so that its tooltips and text areas would weigh on the till. */}
        <h1 className="page-title">{title}</h1>
        {tags}
        <div style={{ flex: 1 }} />
        <div className="page-actions">{actions}</div>
      </div>
      {children}
    </div>
  );
}
