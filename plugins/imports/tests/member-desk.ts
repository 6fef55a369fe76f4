import { setTimeout as sleep } from 'node:timers/promises';
import type { Tessera } from '../../../config/presets/testing';
import { memberFileSchema, type MemberChoice, type MemberFile } from '../src/contracts';

export const BASE = '/api/imports/member-files';

export function outcomesOf({ run }: MemberFile): Record<string, number> {
  return Object.fromEntries(run.outcomes.map(({ code, rows }) => [code, rows]));
}

/** Files of members as one person gives them, through HTTP. */
export function memberDesk(tessera: Pick<Tessera, 'as'>, token: string) {
  const as = tessera.as(token);
  const upload = (content: Buffer | string, fileName = 'members.csv') =>
    as.post(BASE).query({ fileName }).set('content-type', 'application/octet-stream').send(content);
  const post = (file: MemberFile, act: string, choice: Partial<MemberChoice> = {}) =>
    as.post(`${BASE}/${file.run.id}/${act}`).send({ ...file.choice, ...choice });

  async function draft(content: Buffer | string): Promise<MemberFile> {
    const { body } = await upload(content).expect(201);
    return memberFileSchema.parse(body);
  }
  async function ended(id: string): Promise<MemberFile> {
    for (;;) {
      const { body } = await as.get(`${BASE}/${id}`).expect(200);
      if (body.run.status !== 'queued' && body.run.status !== 'running') return memberFileSchema.parse(body);
      await sleep(50);
    }
  }
  return {
    as,
    upload,
    post,
    draft,
    ended,
    async importAll(content: Buffer | string, choice: Partial<MemberChoice> = {}): Promise<MemberFile> {
      const file = await draft(content);
      await post(file, 'start', choice).expect(202);
      return ended(file.run.id);
    },
    errors: (file: MemberFile, language = 'en') => as.get(`${BASE}/${file.run.id}/errors.csv`).query({ language }),
  };
}
