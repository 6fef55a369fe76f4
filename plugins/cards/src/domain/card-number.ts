const DIGITS = 15;

/** The last digit of a number that catches a typing error: Luhn, ISO/IEC 7812-1 annex B. */
export function luhnDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** A card number of 16 digits that nobody can guess from another one. @param random at least 15 bytes */
export function cardNumber(random: Uint8Array): string {
  const [first = 0, ...rest] = random.slice(0, DIGITS);
  // A number that begins with 0 loses it in a spreadsheet.
  const digits = [(first % 9) + 1, ...rest.map((byte) => byte % 10)].join('');
  return `${digits}${luhnDigit(digits)}`;
}
