import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import { prepareMember } from '../domain/prepare-member';
import { prepareStaff } from '../domain/prepare-staff';
import type { Members } from '../public';
import { takeMemberNo } from '../store/member-no-store';
import { defaultCountry } from './settings';

export function createMembersService({ strapi }: { strapi: Core.Strapi }): Members {
  return { nextMemberNo: () => takeMemberNo(kernel(strapi).database) };
}

/** Every write of a member, by whatever route, passes through `prepareMember`; a new one without a number gets the next. */
export function prepareMembers(strapi: Core.Strapi): void {
  backoffice(strapi).addPreparation('api::member.member', async (data, { action }) => {
    const { clock, database } = kernel(strapi);
    const facts = { action, now: clock.now(), defaultCountry: defaultCountry(strapi) };
    const hasNumber = data.memberNo !== undefined && data.memberNo !== null && data.memberNo !== '';
    if (action === 'update' || hasNumber) return prepareMember(data, facts);
    // Prepared first: what is refused takes no number.
    const prepared = prepareMember({ ...data, memberNo: undefined }, facts);
    return { ...prepared, memberNo: await takeMemberNo(database) };
  });
}

/** Staff have phones as members do: one way to write a number. */
export function prepareStaffProfiles(strapi: Core.Strapi): void {
  backoffice(strapi).addPreparation('api::staff-profile.staff-profile', (data) =>
    prepareStaff(data, defaultCountry(strapi)),
  );
}
