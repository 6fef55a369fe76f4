import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { StartupError } from '../startup-error';

const code = z.string().min(1);
const names = { nameZh: z.string().min(1), nameEn: z.string().min(1) };
const minor = z.int().min(0);
const goods = { sku: code, ...names, category: code, taxClass: code, unitPrice: minor, cost: minor };

/** One schema for each file of `config/demo`. Links are written as the codes of what they lead to. */
const FILES = {
  'tax-classes': z.array(z.strictObject({ code, ...names, rate: z.int().min(0).max(10_000) })),
  categories: z.array(z.strictObject({ code, ...names, colour: z.string() })),
  products: z.array(z.strictObject({ ...goods, barcode: z.string().regex(/^\d{13}$/) })),
  services: z.array(z.strictObject({ ...goods, durationMinutes: z.int().min(1) })),
  'card-plans': z.array(
    z.strictObject({
      sku: code,
      ...names,
      kind: z.enum(['stored-value', 'sessions', 'time', 'package']),
      unitPrice: minor,
      bonus: minor.optional(),
      bonusKind: z.enum(['money', 'points', 'coupons', 'sessions']).optional(),
      bonusCount: z.int().min(1).optional(),
      bonusCoupon: code.optional(),
      bonusPlan: code.optional(),
      spendOrder: z.enum(['principal-first', 'bonus-first', 'in-proportion']).optional(),
      sessionCount: z.int().min(1).optional(),
      services: z.array(code).optional(),
      validityDays: z.int().min(1).optional(),
      starts: z.enum(['sale', 'first-use']).optional(),
      usesLimit: z.int().min(1).optional(),
      usesPer: z.enum(['day', 'week', 'month']).optional(),
      freezeDays: z.int().min(0).optional(),
      sharedWith: z.int().min(0).optional(),
      /** Of a package: the plans that it is made of, written before it. */
      parts: z.array(code).optional(),
    }),
  ),
  stores: z.array(
    z.strictObject({
      code,
      ...names,
      timeZone: z.string(),
      dayCutoff: z.string(),
      currency: z.string(),
      cashRounding: z.int().min(1),
      paymentPinFrom: z.int().min(1).optional(),
      address: z.string(),
      phone: z.string(),
      receiptFooter: z.string(),
      tills: z.array(z.strictObject({ code, name: z.string() })).min(1),
    }),
  ),
  points: z.array(
    z.strictObject({
      code,
      ...names,
      redeemPoints: minor,
      redeemValue: minor,
      redeemMin: minor,
      redeemStep: minor,
      redeemMaxShare: z.int().min(1).max(10_000),
      validity: z.enum(['forever', 'days', 'months', 'year-end']),
      validityLength: minor,
      rules: z.array(z.strictObject({ code, ...names, kind: z.string(), args: z.record(z.string(), z.unknown()) })),
    }),
  ),
  coupons: z.array(
    z.strictObject({
      code,
      ...names,
      kind: z.string(),
      args: z.record(z.string(), z.unknown()),
      minimum: minor,
      validDays: z.int().min(1),
      categories: z.array(code),
      weekdays: z.array(z.string()).optional(),
      stackingGroup: z.string().optional(),
      limitPerMember: z.int().min(1).optional(),
    }),
  ),
  gifts: z.array(
    z.strictObject({
      code,
      ...names,
      points: z.int().min(1),
      counted: z.boolean(),
      /** Pieces in each store. */
      stock: z.int().min(1).optional(),
      minimumTier: code.optional(),
      limitPerMember: z.int().min(1).optional(),
      limitPeriod: z.enum(['day', 'week', 'month']),
      limitPerMemberPerPeriod: z.int().min(1).optional(),
    }),
  ),
  tiers: z.array(
    z.strictObject({
      code,
      ...names,
      rank: z.int().min(1),
      colour: z.string(),
      spendFrom: minor,
      visitsFrom: minor.optional(),
      topUpFrom: minor.optional(),
      review: z.enum(['daily', 'year-end']),
      graceDays: minor,
      discountRate: z.int().min(0).max(9_000),
      birthdayPoints: z.int().min(1).optional(),
      birthdayPointsDays: z.int().min(1).optional(),
      birthdayCoupon: code.optional(),
      birthdayDaysBefore: z.int().min(0).max(31).optional(),
      prices: z
        .array(z.strictObject({ product: code.optional(), service: code.optional(), unitPrice: minor }))
        .default([]),
    }),
  ),
  members: z.array(
    z.strictObject({
      memberNo: code,
      name: z.string().min(1),
      phone: z.string(),
      birthday: z.iso.date(),
      gender: z.enum(['female', 'male', 'other']),
      tags: z.array(z.string()),
      source: z.enum(['counter', 'import', 'campaign', 'referral', 'online']),
      homeStore: code,
      consentChannel: z.enum(['paper', 'counter-screen', 'online']),
      joinedAt: z.iso.datetime(),
      note: z.string().optional(),
    }),
  ),
  staff: z.array(
    z.strictObject({
      staffNo: code,
      name: z.string().min(1),
      email: z.email(),
      role: code,
      store: code.nullable(),
      skills: z.array(z.string()),
    }),
  ),
};

type Files = typeof FILES;
/** The demo store as its files describe it. */
export type DemoData = { [Name in keyof Files]: z.output<Files[Name]> };
export type DemoPerson = DemoData['staff'][number];

async function readDemoFile(directory: string, name: keyof Files): Promise<unknown> {
  const file = join(directory, `${name}.yaml`);
  const result = FILES[name].safeParse(parse(await readFile(file, 'utf8')));
  if (!result.success) throw new StartupError(`${file} is wrong, correct it: ${z.prettifyError(result.error)}`);
  return result.data;
}

/** Reads and checks all files. @throws StartupError that names file and place */
export async function readDemoData(directory: string): Promise<DemoData> {
  const entries = (Object.keys(FILES) as (keyof Files)[]).map(async (name) => [
    name,
    await readDemoFile(directory, name),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as DemoData;
}
