import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { documentIdSchema, uuidSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import { z } from 'zod';
import {
  cashMovementRequestSchema,
  closeShiftRequestSchema,
  handoverRequestSchema,
  openShiftRequestSchema,
  shiftReportQuerySchema,
} from '../contracts';
import type { CheckoutService } from '../services/checkout';
import { PAGE_HEADERS } from './page-headers';
import { queryOf } from './store-query';

const tillQuerySchema = z.strictObject({ tillId: documentIdSchema });

function done({ answer, isReplay }: { answer: unknown; isReplay: boolean }) {
  return bookedReply(answer, isReplay);
}

const idOf = (call: StaffCall): string => parse(uuidSchema, call.params['id']);

async function report(checkout: CheckoutService, call: StaffCall) {
  const id = idOf(call);
  const { format, ...paper } = parse(shiftReportQuerySchema, queryOf(call));
  if (format === 'json') return { status: 200, body: await checkout.shifts.report(call, id) };
  return { status: 200, body: await checkout.shifts.printReport(call, { id, ...paper }), headers: PAGE_HEADERS };
}

/** `/api/checkout/shifts…` */
export function shiftRoutes(checkout: () => CheckoutService): StaffRoute[] {
  const shifts = () => checkout().shifts;
  return [
    {
      method: 'POST',
      path: '/shifts',
      permission: 'checkout.shift',
      handler: async (call) => done(await shifts().open(call, parse(openShiftRequestSchema, call.body), keyOf(call))),
    },
    {
      method: 'GET',
      path: '/shifts',
      permission: 'checkout.sell',
      handler: async (call) => {
        const { tillId } = parse(tillQuerySchema, queryOf(call));
        return { status: 200, body: await shifts().atTill(call, tillId) };
      },
    },
    {
      method: 'POST',
      path: '/shifts/:id/cash-movements',
      permission: 'checkout.cash-movement',
      handler: async (call) =>
        done(await shifts().moveCash(call, idOf(call), parse(cashMovementRequestSchema, call.body), keyOf(call))),
    },
    {
      method: 'POST',
      path: '/shifts/:id/handover',
      permission: 'checkout.shift',
      handler: async (call) =>
        done(await shifts().takeOver(call, idOf(call), parse(handoverRequestSchema, call.body), keyOf(call))),
    },
    {
      method: 'POST',
      path: '/shifts/:id/close',
      permission: 'checkout.shift',
      handler: async (call) =>
        done(await shifts().close(call, idOf(call), parse(closeShiftRequestSchema, call.body), keyOf(call))),
    },
    {
      method: 'GET',
      path: '/shifts/:id/report',
      permission: 'shifts.view',
      handler: (call) => report(checkout(), call),
    },
  ];
}
