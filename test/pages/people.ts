import type { Browser, BrowserContext, Page } from 'playwright-core'

/** What went wrong in a browser while a page was looked at: errors, refused scripts, dialogs. */
export type Watched = { page: Page; context: BrowserContext; faults: string[] }

export type Look = { width: number; scheme: 'light' | 'dark' }

export async function openPage(browser: Browser, { width, scheme }: Look): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(`error: ${error.message}`))
  page.on('console', message => {
    // A refused form is answered 422, which a browser notes down as an error of ours; it is none.
    if (message.type() === 'error' && !/status of (403|404|422)/.test(message.text()))
      faults.push(message.text())
  })
  page.on('dialog', dialog => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { page, context, faults }
}

/** Signs in as one of trial mode's people. */
export async function signIn(
  page: Page,
  base: string,
  as: 'staff' | 'head' | 'second' | 'admin' | 'protection',
  office = 'medan',
) {
  await page.goto(`${base}/sign-in`)
  await page.click(`form[action="/sign-in/trial/${office}"] button[value=${as}]`)
  await page.click('main button')
  await page.waitForURL(`**/desk/${office}/**`)
}

/** Says something in the chat and waits for what is answered. */
export async function say(page: Page, text: string): Promise<void> {
  const said = page.locator('.log .said:not(.own)')
  const before = await said.count()
  await page.locator('.write textarea').fill(text)
  await page.locator('.write .send').click()
  await said.nth(before).waitFor()
}

/** The answers that file an ordinary complaint, in the order of the questions. */
export const COMPLAINT = [
  'lapor',
  'layanan',
  'terbuka',
  'Lampu penerangan di simpang Merdeka padam total',
  'kemarin',
  'Simpang Merdeka',
  'lewati',
  'lewati',
  'Budi Contoh',
  'kirim',
]
