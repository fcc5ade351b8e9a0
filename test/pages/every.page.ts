import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPagesHouse, type PagesHouse } from './house.ts'
import { COMPLAINT, type Look, openPage, say, signIn } from './people.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LOOKS: Look[] = [
  { width: 320, scheme: 'light' },
  { width: 320, scheme: 'dark' },
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
]
/** What a page may weigh as it is sent, pictures apart. */
const MOST_BYTES = 100 * 1024

const PUBLIC = [
  '/medan',
  '/medan/vacancies',
  '/medan/vacancies?text=s1',
  '/medan/stages',
  '/medan/agenda',
  '/medan/skm',
  '/medan/chat',
  '/medan/status',
  '/medan/figures',
  '/medan/privacy',
  '/medan/elsewhere',
  '/sign-in',
]
const DESK: Record<'head' | 'admin' | 'protection', string[]> = {
  head: [
    '/tickets',
    '/tickets?scope=all&q=xyz',
    '/tickets/CODE',
    '/knowledge',
    '/knowledge/new',
    '/vacancies',
    '/vacancies?scope=waiting',
    '/vacancies/new',
    '/vacancies/analis-hukum',
    '/vacancies/auditor',
    '/stages?scope=all',
    '/stages/new?round=contoh-cpns',
    '/stages/contoh-cpns-2',
    '/agenda?scope=all',
    '/agenda/new',
    '/agenda/pelatihan-komputer',
    '/import?kind=vacancies',
    '/announcements',
    '/announcements/new',
    '/announcements/ANNOUNCED',
    '/surveys',
    '/surveys/skm',
    '/surveys/skm/report',
    '/points',
    '/points/POINT/sheet?telegram=contoh_bot',
    '/figures',
    '/exports',
    '/replies',
    '/agreements',
    '/me',
    '/me/factor',
    '/flows',
    '/flows?check=yes',
    '/flows/complaint',
    '/flows/complaint/try',
    '/wordings',
    '/wordings/house',
    '/wordings/complaint/steps.topic.choose',
    '/status',
  ],
  admin: ['/staff', '/groups', '/channels', '/channels/whatsapp', '/flows/menu'],
  protection: ['/log'],
}

let house: PagesHouse
let code = ''
let announced = ''
let point = ''

beforeAll(async () => {
  house = await openPagesHouse()
  const { page, context } = await openPage(house.browser, { width: 320, scheme: 'light' })
  await page.goto(`${house.base}/medan`)
  await page.locator('.write textarea').waitFor()
  for (const text of COMPLAINT) await say(page, text)
  code = /MDN-\d{4}-\w{6}/.exec((await page.locator('.log .said').last().textContent()) ?? '')?.[0] ?? ''
  await context.close()
  await proposeSentences()
  await fillPages()
})

/** One sentence that waits and one that counts, so that their page has something to show. */
async function proposeSentences(): Promise<void> {
  const officer = await openPage(house.browser, { width: 1280, scheme: 'light' })
  await signIn(officer.page, house.base, 'staff')
  for (const place of ['steps.topic.choose', 'steps.when.ask']) {
    await officer.page.goto(`${house.base}/desk/medan/wordings/complaint/${place}`)
    const words = officer.page.locator('textarea[name=id]')
    await words.fill(`Mohon dijawab. ${await words.inputValue()}`)
    await officer.page.click('main form button')
    await officer.page.getByRole('status').waitFor()
  }
  await officer.context.close()
  const head = await openPage(house.browser, { width: 1280, scheme: 'light' })
  await signIn(head.page, house.base, 'head')
  await head.page.goto(`${house.base}/desk/medan/wordings`)
  await head.page.click('button:has-text("Setujui") >> nth=0')
  await head.page.getByRole('status').waitFor()
  await head.context.close()
}
afterAll(() => house?.stop())

/** An announcement and a vacancy that wait for somebody else, and a counter: written by those of trial mode, as they would. */
async function fillPages(): Promise<void> {
  const staff = await openPage(house.browser, { width: 1280, scheme: 'light' })
  const { page } = staff
  const desk = `${house.base}/desk/medan`
  await signIn(page, house.base, 'staff')
  await page.goto(`${desk}/announcements/new`)
  await page.fill('textarea[name=id]', 'Bursa kerja (contoh) pindah ke Balai Kota pada 5 Desember 2026.')
  await page.click('main button')
  await page.getByRole('status').waitFor()
  announced = /P-\w{5}/.exec(page.url())?.[0] ?? ''
  await page.goto(`${desk}/vacancies/auditor`)
  await page.click('summary:has-text("Ubah")')
  await page.fill('input[name=jumlah]', '9')
  await page.click('button:has-text("Ajukan")')
  await page.getByText('Perubahan menunggu persetujuan').waitFor()
  await staff.context.close()
  const head = await openPage(house.browser, { width: 1280, scheme: 'light' })
  await signIn(head.page, house.base, 'head')
  await head.page.goto(`${desk}/points`)
  await head.page.fill('input[name=unit]', 'Loket 1 (contoh)')
  await head.page.fill('textarea[name=services]', 'Legalisir')
  await head.page.click('button:has-text("Tambah")')
  await head.page.getByRole('status').waitFor()
  point = /\/points\/(\w+)\/sheet/.exec(await head.page.content())?.[1] ?? ''
  await head.context.close()
}

/** What is wrong with a page, in words. */
async function faultsOf(page: Page, url: string): Promise<string[]> {
  let bytes = 0
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto(url)
  await page.waitForTimeout(50)
  await session.detach()
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  // Without its preload, which writes styles into the page that our policy refuses.
  await page.evaluate(axe)
  const found = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], preload: false }).then(({ violations }) =>
       violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(' | ')))`,
  )) as string[]
  return [
    ...found,
    ...(bytes > MOST_BYTES ? [`weighs ${bytes} bytes`] : []),
    ...(Number(wide) > 0 ? [`${wide} pixels too wide`] : []),
  ]
}

it.each(LOOKS)('every page is readable by everybody at $width pixels, $scheme', async look => {
  const wrong: Record<string, string[]> = {}
  const visit = async (page: Page, path: string) => {
    const faults = await faultsOf(page, `${house.base}${path}`)
    if (faults.length > 0) wrong[path] = faults
  }
  const stranger = await openPage(house.browser, look)
  await stranger.page.goto(`${house.base}/medan/chat`)
  await stranger.page.click('button:has-text("Menu")')
  for (const path of PUBLIC) await visit(stranger.page, path)
  const faults = [...stranger.faults]
  await stranger.context.close()
  for (const [as, paths] of Object.entries(DESK) as [keyof typeof DESK, string[]][]) {
    const member = await openPage(house.browser, look)
    await signIn(member.page, house.base, as)
    for (const path of paths)
      await visit(
        member.page,
        `/desk/medan${path.replace('CODE', code).replace('ANNOUNCED', announced).replace('POINT', point)}`,
      )
    faults.push(...member.faults)
    await member.context.close()
  }
  expect(wrong).toEqual({})
  expect(faults).toEqual([])
})

it('would notice a page that is not', async () => {
  const { page } = await openPage(house.browser, { width: 320, scheme: 'light' })
  await page.route('**/medan/privacy', route =>
    route.fulfill({ contentType: 'text/html', body: '<img src="/x"><input><p style="width:900px">x</p>' }),
  )
  const found = await faultsOf(page, `${house.base}/medan/privacy`)
  expect(found.join()).toMatch(/image-alt.*label.*too wide/)
})
