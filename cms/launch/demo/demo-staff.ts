import type { Core } from '@strapi/strapi';
import { access, hashPin } from '@tessera/access/public';
import { StartupError } from '../startup-error';
import { makePassword, makePin, type DemoAccount } from './demo-accounts';
import type { DemoPerson } from './demo-data';
import type { Documents } from './documents';

const STAFF = 'api::staff-profile.staff-profile';
const OWNER = 'owner';

/** Store code → its documentId and those of its tills, in the order of the file. */
export type DemoStores = Map<string, { storeId: string; tillIds: string[] }>;

async function roleId(strapi: Core.Strapi, role: string): Promise<number> {
  const code = role === OWNER ? 'strapi-super-admin' : role;
  const found = await strapi.db.query('admin::role').findOne({ where: { code } });
  if (!found)
    throw new StartupError(`config/demo/staff.yaml names the role "${role}", which config/roles does not have`);
  return found.id as number;
}

/** Somebody from an interrupted start gets a new password: the old one was never told to anybody. */
async function putUser(strapi: Core.Strapi, person: DemoPerson, password: string): Promise<number> {
  const users = strapi.service('admin::user');
  const found = await strapi.db.query('admin::user').findOne({ where: { email: person.email } });
  if (found) {
    await users.updateById(found.id, { password });
    return found.id as number;
  }
  const created = await users.create({
    email: person.email,
    firstname: person.name,
    lastname: '',
    password,
    isActive: true,
    registrationToken: null,
    roles: [await roleId(strapi, person.role)],
  });
  return created.id as number;
}

/** Makes one person who can sign in, with profile, PIN and role; repairs one that an interrupted start left unfinished. */
export async function putDemoPerson(
  strapi: Core.Strapi,
  documents: Documents,
  person: DemoPerson,
  stores: DemoStores,
): Promise<DemoAccount> {
  const { role, email, staffNo, name, skills } = person;
  const own = person.store === null ? [...stores.values()] : [stores.get(person.store)].filter((store) => !!store);
  if (own.length === 0) throw new StartupError(`config/demo/staff.yaml: there is no store "${person.store}"`);
  const [password, pin] = [makePassword(), makePin()];
  const userId = await putUser(strapi, person, password);
  const profile = { name, skills, user: userId, pinHash: await hashPin(pin) };
  // Who answers for every store belongs to none of them.
  const at = person.store === null ? [] : own.map(({ storeId }) => storeId);
  await documents.put(STAFF, { staffNo }, { ...profile, stores: at });
  if (role !== OWNER) {
    const storeId = person.store === null ? null : (own[0]?.storeId ?? null);
    await access(strapi).assign({ staffId: String(userId), roleCode: role, storeId });
  }
  return { role, email, password, pin, stores: own };
}
