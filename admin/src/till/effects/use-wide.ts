import { useLayoutEffect, useState, type RefObject } from 'react';

/** From this width on, the three zones stand side by side. */
const WIDE_PX = 800;

/** True when the element itself (not the window: the menu takes its share) is wide enough for three zones. */
export function useWide(element: RefObject<HTMLElement | null>): boolean {
  const [isWide, setWide] = useState(true);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return undefined;
    const measure = () => setWide(watched.clientWidth >= WIDE_PX);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return isWide;
}
