import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import decodeQR from 'qr/decode.js'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { linkedEnv, startTrustedWhatsApp } from '../accept/harness/linked-balai.ts'
import type { FakeWhatsApp } from '../helpers/whatsapp/fake-whatsapp.ts'
import { openPagesHouse, type PagesHouse } from './house.ts'
import { signIn } from './people.ts'

const keys = mkdtempSync(join(tmpdir(), 'balai-keys-'))
let whatsapp: FakeWhatsApp
let house: PagesHouse

beforeAll(async () => {
  whatsapp = await startTrustedWhatsApp()
  house = await openPagesHouse(linkedEnv(whatsapp, join(keys, 'sealing.key')))
})
afterAll(async () => {
  await house?.stop()
  await whatsapp?.close()
  rmSync(keys, { recursive: true, force: true })
})

/** What a phone's camera would read on the page. */
async function scanned(page: Page): Promise<string> {
  const { data, info } = await sharp(await page.locator('svg.qr').screenshot())
    .raw()
    .toBuffer({ resolveWithObject: true })
  return decodeQR({ width: info.width, height: info.height, data })
}

it("links the office's number from the page, without a line of script", async () => {
  const context = await house.browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await signIn(page, house.base, 'admin')
  await page.goto(`${house.base}/desk/medan/channels/whatsapp`)
  await page.click('a[role=button]:has-text("Beri kode")')
  const secret = ((await page.locator('code').textContent()) ?? '').replaceAll(' ', '')
  await page.fill('input[name=digits]', new TOTP({ secret }).generate())
  await page.click('main form button')
  await page.click('button:has-text("Tautkan dengan kode QR")')
  await page.locator('svg.qr').waitFor({ timeout: 30_000 })
  expect(whatsapp.number.scans(await scanned(page))).toBe(true)
  await page.locator('#state:has-text("Tertaut")').waitFor({ timeout: 30_000 })
  expect(whatsapp.number.isOnline).toBe(true)
  expect(await page.locator('svg.qr').count()).toBe(0)
  await page.goto(`${house.base}/desk/medan/status`)
  expect(await page.locator('tr:has-text("WhatsApp") .tag').textContent()).toBe('berjalan')
  await context.close()
})
