import type { NotificationProvider } from '@refinedev/core';
import { App } from 'antd';
import { useMemo } from 'react';

/** Refine's notices in Ant Design's corner. */
export function useNotificationProvider(): NotificationProvider {
  const { notification } = App.useApp();
  return useMemo(
    () => ({
      open({ key, message, description, type }) {
        // The sign-in page says it itself, beside the fields.
        if (key === 'login-error') return;
        notification.open({ key, message, description, type: type === 'progress' ? 'info' : type });
      },
      close: (key) => notification.destroy(key),
    }),
    [notification],
  );
}
