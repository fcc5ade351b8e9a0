import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPagesHouse, type PagesHouse } from './house.ts'
import { COMPLAINT, openPage, say, signIn, type Watched } from './people.ts'

let house: PagesHouse
let citizen: Watched
let officer: Watched
let code = ''

beforeAll(async () => {
  house = await openPagesHouse()
  citizen = await openPage(house.browser, { width: 320, scheme: 'light' })
  officer = await openPage(house.browser, { width: 1280, scheme: 'light' })
})
afterAll(() => house?.stop())

describe("a newcomer's walk", () => {
  it('files a report on a phone of 320 pixels', async () => {
    const { page } = citizen
    await page.goto(`${house.base}/medan`)
    await page.locator('.write textarea').waitFor()
    for (const text of COMPLAINT) await say(page, text)
    const last = (await page.locator('.log .said').last().textContent()) ?? ''
    code = /MDN-\d{4}-\w{6}/.exec(last)?.[0] ?? ''
    expect(code).not.toBe('')
  })

  it('is seen at the desk, taken, and answered', async () => {
    const { page } = officer
    await signIn(page, house.base, 'staff')
    await page.click(`a:has-text("${code}")`)
    await page.click('button:has-text("Ambil")')
    await page.getByRole('status').waitFor()
    await page.fill('textarea[name=words] >> nth=0', 'Lampu sudah diperbaiki tadi malam.')
    await page.click('button:has-text("Kirim")')
    await page.getByText('Lampu sudah diperbaiki tadi malam.').waitFor()
    await citizen.page.getByText('Lampu sudah diperbaiki tadi malam.').waitFor()
    expect(await page.getByText('sudah ditanggapi').count()).toBeGreaterThan(0)
  })

  it('shows the desk what the citizen says, without a reload, and is closed', async () => {
    const { page } = officer
    await say(citizen.page, 'belum selesai')
    await say(citizen.page, 'Yang di ujung jalan masih padam')
    await page.locator('#state:has-text("sedang diproses")').waitFor({ timeout: 20_000 })
    await page.fill('textarea[name=words] >> nth=0', 'Yang di ujung jalan kini menyala juga.')
    await page.click('button:has-text("Kirim")')
    await citizen.page.getByText('Yang di ujung jalan kini menyala juga.').waitFor()
    await page.click('form:has(input[value=resolve]) button')
    await page.locator('#state:has-text("selesai")').waitFor()
    await citizen.page.getByText(code).last().waitFor()
    expect(await page.locator('#state').textContent()).toContain('selesai')
  })

  it('met no error and no refused script on the way', () => {
    expect([...citizen.faults, ...officer.faults]).toEqual([])
  })
})

describe("staff's day", () => {
  it('moves through the list by keys alone', async () => {
    const { page } = officer
    await page.goto(`${house.base}/desk/medan/tickets?scope=all`)
    await page.keyboard.press('j')
    expect(await page.locator('tr[aria-selected=true]').count()).toBe(1)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/tickets/${code}`)
    await page.goto(`${house.base}/desk/medan/tickets`)
    await page.keyboard.press('/')
    await page.keyboard.type('lampunya padam')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/tickets?q=*')
    expect(await page.locator(`a:has-text("${code}")`).count()).toBe(1)
  })

  it('keeps what was typed when it will not do', async () => {
    const { page } = officer
    await page.goto(`${house.base}/desk/medan/tickets/${code}`)
    await page.click('summary:has-text("Catatan")')
    await page.fill('form:has(input[value=note]) textarea', 'Sudah dihubungi')
    await page.click('form:has(input[value=note]) button')
    await page.getByText('Sudah dihubungi').waitFor()
    expect(await page.locator('.talk .note').count()).toBe(1)
  })

  it('works without a line of script', async () => {
    const context = await house.browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await signIn(page, house.base, 'head')
    await page.goto(`${house.base}/desk/medan/tickets/${code}`)
    await page.click('form:has(input[value=reopen]) button')
    expect(await page.locator('#state').textContent()).toContain('sedang diproses')
    await context.close()
  })
})

it('takes a report and shows its answer without a line of script', async () => {
  const context = await house.browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 900 },
  })
  const page = await context.newPage()
  await page.goto(`${house.base}/medan`)
  await page.click('main a:has-text("Buka percakapan")')
  await page.click('button:has-text("Buat laporan")')
  await page.click('button:has-text("Layanan")')
  // Another matter than the one filed before: of that, Balai would ask whether it is the same.
  const words = COMPLAINT.slice(2).map(one =>
    one.startsWith('Lampu') ? 'Antrean loket tidak bergerak sejak pagi' : one,
  )
  for (const text of words) {
    await page.fill('textarea', text)
    await page.click('form:has(textarea) button')
  }
  const filed = /MDN-\d{4}-\w{6}/.exec((await page.locator('.talk li').last().textContent()) ?? '')?.[0]
  expect(filed).toBeDefined()
  const desk = await openPage(house.browser, { width: 1280, scheme: 'light' })
  await signIn(desk.page, house.base, 'staff')
  await desk.page.goto(`${house.base}/desk/medan/tickets/${filed}`)
  await desk.page.click('button:has-text("Ambil")')
  await desk.page.fill('textarea[name=words] >> nth=0', 'Sudah kami periksa pagi ini.')
  await desk.page.click('button:has-text("Kirim")')
  await desk.page.getByText('Sudah kami periksa pagi ini.').waitFor()
  const reloaded = async () => {
    await page.click('a:has-text("Muat ulang")')
    return page.locator('.talk').textContent()
  }
  await expect.poll(reloaded, { timeout: 10_000 }).toContain('Sudah kami periksa pagi ini.')
  await desk.context.close()
  await context.close()
})

describe('what the office makes known, without a line of script', () => {
  const open = async (as: 'staff' | 'head' | 'second') => {
    const context = await house.browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await signIn(page, house.base, as)
    return { page, context, desk: `${house.base}/desk/medan` }
  }
  const TABLE = [
    'kode,jabatan,unit_kerja,jenis,pendidikan,jumlah,buka,tutup,cara_daftar,sumber,per_tanggal',
    'pustakawan-baru,Pustakawan Terampil (contoh),Dinas Perpustakaan,PPPK,D-III Kearsipan,1,2026-01-02,2099-12-31,Lewat sscasn.bkn.go.id,Contoh,2026-01-01',
  ].join('\n')

  it('a table is looked at, taken in, approved by another, and shown', async () => {
    const staff = await open('staff')
    await staff.page.goto(`${staff.desk}/import?kind=vacancies`)
    await staff.page.setInputFiles('input[type=file]', {
      name: 'lowongan.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(TABLE),
    })
    await staff.page.click('button:has-text("Periksa")')
    expect(await staff.page.locator('.tile').first().textContent()).toBe('1baru')
    await staff.page.click('button:has-text("Simpan semuanya")')
    await staff.page.getByText('Tersimpan: 1 baru').waitFor()
    await staff.context.close()
    const head = await open('head')
    await head.page.goto(`${head.desk}/vacancies?scope=waiting`)
    await head.page.check('input[name=seen]')
    await head.page.click('button:has-text("Setujui yang dipilih")')
    await head.page.getByText('1 disetujui').waitFor()
    await head.page.goto(`${head.desk}/vacancies?q=pustakawan-baru`)
    expect(await head.page.locator('tbody .tag').first().textContent()).toBe('tampil')
    await head.context.close()
  })

  it('an announcement is written, approved by another, and sent', async () => {
    const staff = await open('staff')
    await staff.page.goto(`${staff.desk}/announcements/new`)
    await staff.page.fill(
      'textarea[name=id]',
      'Kantor tutup lebih awal (contoh) pada hari Jumat pukul 14.00.',
    )
    await staff.page.click('main button')
    const code = /P-\w{5}/.exec(staff.page.url())?.[0] ?? ''
    await staff.context.close()
    const head = await open('head')
    await head.page.goto(`${head.desk}/announcements/${code}`)
    await head.page.click('button:has-text("Setujui")')
    await head.page.click('button:has-text("Kirim sekarang")')
    expect(await head.page.locator('[role=status]').textContent()).toBe('Tersimpan.')
    expect(await head.page.locator('button:has-text("Kirim sekarang")').count()).toBe(1)
    await head.context.close()
  })
})

it("a leader's report has a table behind each chart", async () => {
  const { page, faults } = await openPage(house.browser, { width: 1280, scheme: 'light' })
  await signIn(page, house.base, 'head')
  await page.goto(`${house.base}/desk/medan/figures`)
  const charts = await page.locator('svg.chart').count()
  expect(charts).toBeGreaterThan(1)
  for (const chart of await page.locator('article:has(svg.chart)').all())
    expect(await chart.locator('table').count()).toBe(1)
  await page.click('a:has-text("CSV")')
  expect(await page.locator('h1').textContent()).toContain('kode dari ponsel')
  expect(faults).toEqual([])
})
