import { prepareStore } from './prepare-store';

test.each(['Asia/Shanghai', 'Europe/London', 'America/Argentina/Buenos_Aires', 'UTC'])(
  '%s is a time zone',
  (timeZone) => expect(prepareStore({ timeZone })).toEqual({ timeZone }),
);

test.each(['Asia/Atlantis', '+08:00', '', null, 8])('%p is no time zone', (timeZone) => {
  expect(() => prepareStore({ timeZone })).toThrow(
    expect.objectContaining({ code: 'invalid_time_zone', details: { field: 'timeZone' } }),
  );
});

test.each(['CNY', 'JPY', 'GBP'])('%s is a currency', (currency) =>
  expect(prepareStore({ currency })).toEqual({ currency }),
);

test.each(['ZZZ', 'cny', '', null, 156])('%p is no currency', (currency) => {
  expect(() => prepareStore({ currency })).toThrow(
    expect.objectContaining({ code: 'invalid_currency', details: { field: 'currency' } }),
  );
});

test('a write that names neither is left alone', () => expect(prepareStore({ nameEn: 'x' })).toEqual({ nameEn: 'x' }));
