import { Select, type SelectProps } from 'antd';
import { useEffect, useRef } from 'react';

/**
 * A select of a form item. Ant Design writes `aria-required` also on the box around it, where it means nothing and axe refuses it; here
 * only the input says so.
 */
export function SelectField({ 'aria-required': isRequired, ...select }: SelectProps<string>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const input = box.current?.querySelector('[role=combobox]');
    if (isRequired) input?.setAttribute('aria-required', 'true');
    else input?.removeAttribute('aria-required');
  }, [isRequired]);
  return (
    <div ref={box}>
      <Select<string> {...select} />
    </div>
  );
}
