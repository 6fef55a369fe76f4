import { accessibilityFaults, openPanel, screenshot, signInThroughForm, textFaults, type Panel } from './harness';

let panel: Panel;
beforeAll(async () => {
  panel = await openPanel();
});
afterAll(() => panel?.close());

test.each(['zh-CN', 'en'] as const)('the sign-in page is complete and accessible in %s', async (language) => {
  for (const size of ['desktop', 'tablet'] as const) {
    const page = await panel.open({ language, size });
    await page.goto('/');
    await page.locator('form').waitFor();
    expect(await textFaults(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'sign-in');
    await panel.release(page);
  }
});

test('a wrong password is answered with a sentence that says what to do', async () => {
  const page = await panel.open();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('nobody@example.test');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').innerText()).resolves.toContain('E-mail or password is not right');
  await panel.release(page);
});

test('the session survives a reload and ends with signing out', async () => {
  const owner = await panel.tessera.makeStaff({ role: 'owner' });
  const page = await panel.open();
  await signInThroughForm(page, owner);
  await page.reload();
  await page.locator('nav').waitFor();
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.locator('form').waitFor();
  await page.goto('/members');
  await page.locator('form').waitFor();
  expect(page.url()).toContain('/sign-in?to=%2Fmembers');
  await panel.release(page);
});

test('nothing secret is kept where scripts can read it', async () => {
  const owner = await panel.tessera.makeStaff({ role: 'owner' });
  const page = await panel.openAs(owner);
  const kept = await page.evaluate(() =>
    JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie }),
  );
  expect(kept).not.toMatch(/eyJ|strapi_admin/);
  await panel.release(page);
});
