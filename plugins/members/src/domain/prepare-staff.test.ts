import { prepareStaff } from './prepare-staff';

test.each([
  ['138 1234 5678', '+8613812345678'],
  ['+44 20 7946 0958', '+442079460958'],
  ['', null],
  [null, null],
])('%p is kept as %p', (phone, kept) => {
  expect(prepareStaff({ name: '李', phone }, 'CN')).toEqual({ name: '李', phone: kept });
});

test.each(['12', 'reception', 13812345678, {}])('%p is no phone number', (phone) => {
  expect(() => prepareStaff({ phone }, 'CN')).toThrow(
    expect.objectContaining({ code: 'invalid_phone', details: { field: 'phone' } }),
  );
});

test('a write that names no phone is left alone', () =>
  expect(prepareStaff({ name: '李' }, 'CN')).toEqual({ name: '李' }));
