import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { kernel } from '@tessera/kernel/public';
import type { Grant } from '@tessera/access/domain';
import { bootTessera, makePng, type Tessera } from '../../../config/presets/testing';
import { signInWith } from './make-role';

let tessera: Tessera;
let token: string;
let owner: ReturnType<Tessera['as']>;
beforeAll(async () => {
  tessera = await bootTessera();
  token = await tessera.signIn('owner');
  owner = tessera.as(token);
});
afterAll(async () => {
  const { findOne, remove } = tessera.strapi.plugin('upload').service('upload');
  for (const { id } of await files()) await remove(await findOne(id));
  await tessera.close();
});

const PRODUCTS = '/api/backoffice/products';
const MAX_BYTES = 5 * 1024 * 1024;
const PNG = makePng(400, 300);

/** 3 × 2 pixels, and the note (EXIF) that it is to be turned by 90°. */
const SIDEWAYS_JPEG =
  '/9j/4QC8RXhpZgAASUkqAAgAAAAGABIBAwABAAAABgAAABoBBQABAAAAVgAAABsBBQABAAAAXgAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAABAAAAZgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAAAMAAAADoAQAAQAAAAIAAAAAAAAA/+IB8ElDQ19QUk9GSUxFAAEBAAAB4GxjbXMEIAAAbW50clJHQiBYWVogB+IAAwAUAAkADgAdYWNzcE1TRlQAAAAAc2F3c2N0cmwAAAAAAAAAAAAAAAAAAPbWAAEAAAAA0y1oYW5keem/Vlo+AbaDI4VVRvdPqgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKZGVzYwAAAPwAAAAkY3BydAAAASAAAAAid3RwdAAAAUQAAAAUY2hhZAAAAVgAAAAsclhZWgAAAYQAAAAUZ1hZWgAAAZgAAAAUYlhZWgAAAawAAAAUclRSQwAAAcAAAAAgZ1RSQwAAAcAAAAAgYlRSQwAAAcAAAAAgbWx1YwAAAAAAAAABAAAADGVuVVMAAAAIAAAAHABzAFIARwBCbWx1YwAAAAAAAAABAAAADGVuVVMAAAAGAAAAHABDAEMAMAAAWFlaIAAAAAAAAPbWAAEAAAAA0y1zZjMyAAAAAAABDD8AAAXd///zJgAAB5AAAP2S///7of///aIAAAPcAADAcVhZWiAAAAAAAABvoAAAOPIAAAOPWFlaIAAAAAAAAGKWAAC3iQAAGNpYWVogAAAAAAAAJKAAAA+FAAC2xHBhcmEAAAAAAAMAAAACZmkAAPKnAAANWQAAE9AAAApb/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK/8AAEQgAAgADAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAJ/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAcJ/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AmWAC1VH/2Q==';

const imagePath = (id: string) => `${PRODUCTS}/${id}/files/image`;
const put = (id: string, content: Buffer, version = 1, type = 'image/png', by = owner) =>
  by.put(imagePath(id)).set('If-Match', String(version)).set('Content-Type', type).send(content);
const diskPath = (url: string) => join(tessera.strapi.dirs.static.public, url);
const files = () => kernel(tessera.strapi).database.query<{ id: number }>('SELECT id FROM public.files ORDER BY id');
/** Names on the disk that belong to this record. */
const onDisk = (id: string) => readdirSync(diskPath('/uploads')).filter((name) => name.includes(id));

async function productWithImage(): Promise<{ id: string; url: string; fileId: string }> {
  const { id } = await tessera.makeProduct();
  const { body } = await put(id, PNG).expect(200);
  return { id, url: body.image.url, fileId: body.image.id };
}

test('a picture is set, shown in the record and on the till, served from here, and stands on the trail', async () => {
  const { id, sku } = await tessera.makeProduct();
  const { body } = await put(id, PNG).expect(200);
  expect(body).toMatchObject({
    id,
    version: 2,
    image: { url: expect.stringMatching(/^\/uploads\/products_.*\.png$/) },
  });
  expect((await owner.get(`${PRODUCTS}/${id}`).expect(200)).body.image).toEqual(body.image);

  const served = await tessera.request.get(body.image.url).expect(200);
  expect(served.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });

  const storeId = await tessera.makeStore();
  const { items } = (await owner.get(`/api/checkout/catalogue?storeId=${storeId}`).expect(200)).body;
  const tile = items.find((item: { sku: string }) => item.sku === sku);
  expect(tile.imageUrl).toMatch(/^\/uploads\/thumbnail_/);
  await tessera.request.get(tile.imageUrl).expect(200);

  const [line] = await kernel(tessera.strapi).database.query(
    `SELECT action, fields, before, after FROM tessera.audit WHERE subject_id = $1`,
    [id],
  );
  expect(line).toMatchObject({
    action: 'products.change',
    fields: ['image'],
    before: { image: null },
    after: { image: body.image },
  });
});

test('a replaced picture is gone from the disk and from the table', async () => {
  const { id, url, fileId } = await productWithImage();
  const before = onDisk(id);
  const { body } = await put(id, makePng(300, 400), 2).expect(200);
  expect(body).toMatchObject({ version: 3 });
  expect(body.image.url).not.toBe(url);
  expect(existsSync(diskPath(url))).toBe(false);
  expect(existsSync(diskPath(body.image.url))).toBe(true);
  expect(onDisk(id).filter((name) => before.includes(name))).toEqual([]);
  expect((await files()).map((file) => String(file.id))).not.toContain(fileId);
});

test('a removed picture is gone, and removing it again changes nothing', async () => {
  const { id } = await productWithImage();
  const { body } = await owner.delete(imagePath(id)).set('If-Match', '2').expect(200);
  expect(body).toMatchObject({ version: 3, image: null });
  expect(onDisk(id)).toEqual([]);
  const again = await owner.delete(imagePath(id)).set('If-Match', '3').expect(200);
  expect(again.body).toMatchObject({ version: 3, image: null });
});

test('a deleted record takes its picture along; an archived one keeps it, and it can be changed', async () => {
  const { id } = await productWithImage();
  await owner.patch(`${PRODUCTS}/${id}`).set('If-Match', '2').send({ archived: true }).expect(200);
  const { body } = await put(id, PNG, 3).expect(200);
  expect(body).toMatchObject({ archived: true, version: 4 });
  expect(existsSync(diskPath(body.image.url))).toBe(true);
  await owner.delete(`${PRODUCTS}/${id}`).set('If-Match', '4').expect(200, { id, archived: false });
  expect(onDisk(id)).toEqual([]);
});

test('a file that another record shows too stays when one of them gets another', async () => {
  const { id, url, fileId } = await productWithImage();
  const other = await tessera.makeProduct({ image: Number(fileId) });
  await put(id, PNG, 2).expect(200);
  expect(existsSync(diskPath(url))).toBe(true);
  expect((await owner.get(`${PRODUCTS}/${other.id}`).expect(200)).body.image).toEqual({ id: fileId, url });
  await owner.delete(imagePath(other.id)).set('If-Match', '1').expect(200);
  expect(existsSync(diskPath(url))).toBe(false);
});

test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['nothing', Buffer.alloc(0)],
  ['the first bytes of a picture and then something else', Buffer.concat([PNG.subarray(0, 40), Buffer.alloc(900, 7)])],
])('%s that says it is a PNG is refused by its bytes', async (_what, content) => {
  const { id } = await tessera.makeProduct();
  const stored = await files();
  const { body } = await put(id, content).expect(415);
  expect(body.error.code).toBe('not_an_image');
  expect(await files()).toEqual(stored);
  expect(onDisk(id)).toEqual([]);
});

test('a picture that comes under another type is taken for what it is; parsed bodies are no pictures', async () => {
  const { id } = await tessera.makeProduct();
  const { body } = await put(id, PNG, 1, 'image/svg+xml').expect(200);
  expect(body.image.url).toMatch(/\.png$/);
  await put(id, PNG, 2, 'application/octet-stream').expect(200);
  const json = await owner.put(imagePath(id)).set('If-Match', '3').send({ image: '1' }).expect(415);
  expect(json.body.error.code).toBe('not_an_image');
  const form = await owner.put(imagePath(id)).set('If-Match', '3').attach('file', PNG, 'a.png').expect(415);
  expect(form.body.error.code).toBe('not_an_image');
});

test('a photo that a camera held sideways is stored upright', async () => {
  const { id } = await tessera.makeProduct();
  const { body } = await put(id, Buffer.from(SIDEWAYS_JPEG, 'base64'), 1, 'image/jpeg').expect(200);
  const [file] = await kernel(tessera.strapi).database.query(
    'SELECT width, height FROM public.files WHERE id = $1::bigint',
    [body.image.id],
  );
  expect(file).toEqual({ width: 2, height: 3 });
});

test('too many bytes and too many pixels are 413, and nothing is stored', async () => {
  const { id } = await tessera.makeProduct();
  for (const content of [Buffer.concat([PNG, Buffer.alloc(MAX_BYTES)]), makePng(8_001, 1)]) {
    const { body } = await put(id, content).expect(413);
    expect(body.error).toMatchObject({ code: 'too_large', details: { maxBytes: MAX_BYTES, maxSide: 8_000 } });
  }
  expect(onDisk(id)).toEqual([]);
  await put(id, makePng(8_000, 1)).expect(200);
});

test('an upload that breaks off changes nothing and the server goes on', async () => {
  const { id } = await tessera.makeProduct();
  const { hostname, port } = new URL(tessera.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `PUT ${imagePath(id)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nIf-Match: 1\r\n` +
      `Content-Type: image/png\r\nContent-Length: ${PNG.length}\r\n\r\n`,
  );
  socket.write(PNG.subarray(0, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.destroy();
  await put(id, PNG).expect(200);
});

test('without the right to change, or to set this field, or in another store, it is 403', async () => {
  const { id } = await productWithImage();
  const view: Grant = { permission: 'products.view', scope: 'all', read: { '*': 'clear' }, write: [] };
  const price: Grant = { permission: 'products.change', scope: 'all', read: { '*': 'clear' }, write: ['unitPrice'] };
  const image: Grant = { ...price, write: ['image'] };
  const [viewer, pricer, painter] = await Promise.all(
    [[view], [view, price], [view, image]].map((grants) => signInWith(tessera, grants)),
  );
  for (const person of [viewer, pricer]) {
    await put(id, PNG, 2, 'image/png', person).expect(403);
    await person!.delete(imagePath(id)).set('If-Match', '2').expect(403);
  }
  await tessera.request.put(imagePath(id)).set('If-Match', '2').send(PNG).expect(401);
  expect(onDisk(id)).toHaveLength(2);
  await put(id, PNG, 2, 'image/png', painter).expect(200);
});

test('without a version it is 428, with an old one 409; of parallel pictures one wins and only its files are left', async () => {
  const { id } = await tessera.makeProduct();
  await owner.put(imagePath(id)).set('Content-Type', 'image/png').send(PNG).expect(428);
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => put(id, PNG)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409]);
  const conflict = answers.find((answer) => answer.status === 409)?.body.error;
  expect(conflict).toMatchObject({ code: 'version_conflict', details: { yours: 1, current: 2, row: { id } } });
  expect(onDisk(id)).toHaveLength(2);
});

test('when the transaction fails after the file was written, the file is gone again', async () => {
  const { id } = await tessera.makeProduct();
  const { database } = kernel(tessera.strapi);
  const stored = await files();
  await database.query(`CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no'; END $$`);
  await database.query(
    'CREATE TRIGGER refuse BEFORE UPDATE ON public.products FOR EACH ROW EXECUTE FUNCTION public.refuse()',
  );
  try {
    await put(id, PNG).expect(500);
  } finally {
    await database.query('DROP FUNCTION public.refuse CASCADE');
  }
  expect(onDisk(id)).toEqual([]);
  expect(await files()).toEqual(stored);
  await put(id, PNG).expect(200);
});

test('fields that are no image are refused by name, unknown records are not found', async () => {
  const { id } = await tessera.makeProduct();
  for (const field of ['nonsense', 'nameEn', '__proto__']) {
    const answer = await owner.put(`${PRODUCTS}/${id}/files/${field}`).set('If-Match', '1').send(PNG);
    expect([answer.status, answer.body.error.details.issues[0].path]).toEqual([400, 'field']);
  }
  await put('aaaaaaaaaaaaaaaaaaaaaaaa', PNG).expect(404);
  await owner.put('/api/backoffice/members/x/files/image').set('If-Match', '1').send(PNG).expect(405);
});

test('nobody attaches a file by its id', async () => {
  const { fileId } = await productWithImage();
  const { id } = await tessera.makeProduct();
  const { body } = await owner.patch(`${PRODUCTS}/${id}`).set('If-Match', '1').send({ image: fileId }).expect(400);
  expect(JSON.stringify(body.error)).toContain('image');
  await owner.patch(`${PRODUCTS}/${id}`).set('If-Match', '1').send({ image: null }).expect(400);
});
