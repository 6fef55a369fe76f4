import type { Core } from '@strapi/strapi';
import { access, type Staff } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { JobRequested } from '../contracts';

/** `POST /api/backoffice/jobs/{code}/runs`. @throws not_found (404), forbidden (403) */
export async function runJobNow(
  strapi: Core.Strapi,
  { staff, now }: { staff: Staff; now: Date },
  code: string,
): Promise<JobRequested> {
  const decision = await access(strapi).demand(staff, { permission: 'jobs.run', now });
  const isQueued = await kernel(strapi).jobs.request(code, staff.name);
  if (isQueued && decision.obligations.includes('record')) {
    const subject = { subjectType: 'job', subjectId: code };
    await access(strapi).record(kernel(strapi).database, { staff, decision, ...subject });
  }
  return { code, isQueued };
}
