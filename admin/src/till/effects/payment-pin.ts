/** What the member typed, for one sale; in the memory of this page only: nothing that outlives it keeps a PIN. */
let typed: { saleKey: string; pin: string } | null = null;

export const paymentPin = {
  remember(saleKey: string, pin: string): void {
    typed = { saleKey, pin };
  },
  /** Of this sale; the next try asks again. */
  take(saleKey: string): string | null {
    const pin = typed?.saleKey === saleKey ? typed.pin : null;
    typed = null;
    return pin;
  },
};
