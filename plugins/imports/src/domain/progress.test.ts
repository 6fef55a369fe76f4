import fc from 'fast-check';
import { progressOf, type PhaseReading } from './progress';

const READING: PhaseReading = {
  phase: 'book',
  bytesRead: 600,
  bytesTotal: 1_000,
  rowsRead: 60,
  elapsedMs: 2_000,
  bytesBefore: 200,
  rowsBefore: 20,
};

test('the time left follows the pace since the booking began', () => {
  expect(progressOf(READING)).toMatchObject({ fraction: 0.64, rowsPerSecond: 20, secondsLeft: 2 });
});

test('no time is told before there is a pace', () => {
  expect(progressOf({ ...READING, elapsedMs: 500 }).secondsLeft).toBeNull();
  expect(progressOf({ ...READING, phase: 'scan' }).secondsLeft).toBeNull();
});

test('the fraction grows with what is read and stays within 0 and 1', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.nat(2_000), (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((bytesRead) => progressOf({ ...READING, bytesRead }));
      expect(less?.fraction).toBeLessThanOrEqual(more?.fraction ?? 0);
      expect(more?.fraction).toBeLessThanOrEqual(1);
    }),
  );
});
