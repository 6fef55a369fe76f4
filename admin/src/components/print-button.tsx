import { PrinterOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../providers/api-error';

interface PrintButtonProps {
  label: string;
  /** Said when it could not be printed. */
  failure: string;
  print(language: string): Promise<void>;
}

/** Prints a page in the language of the panel. */
export function PrintButton({ label, failure, print }: PrintButtonProps) {
  const { i18n } = useTranslation();
  const { notification } = App.useApp();
  const fail = (error: unknown) => notification.error({ message: failure, description: toApiError(error).message });
  return (
    <Button icon={<PrinterOutlined />} onClick={() => void print(i18n.language).catch(fail)}>
      {label}
    </Button>
  );
}
