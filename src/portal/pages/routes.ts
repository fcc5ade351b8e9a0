import { type Context, Hono } from 'hono'
import { createBuckets } from '../../channels/web/buckets.ts'
import { LIMITS } from '../../lib/limits.ts'
import type { House } from '../../offices/house.ts'
import { packed, pageHeaders } from '../look/page-headers.ts'
import { type Tongue, tongueOf } from '../look/tongue.ts'
import { figuresData, figuresPage } from './figures-page.ts'
import { listingData } from './listing-data.ts'
import { listingPages } from './listing-pages.ts'
import { plainChatPages } from './plain-chat-page.ts'
import type { PublicDoor } from './public-door.ts'
import { statusPages } from './status.ts'
import { chatPage, elsewherePage, privacyPage } from './told-pages.ts'

type Page = (c: Context, tongue: Tongue, house: House) => Response | Promise<Response>

/** For machines: people never read so quickly. */
function tooMany(c: Context, wait: number): Response {
  c.header('Retry-After', String(wait))
  return c.text('Terlalu banyak permintaan. Tunggu sebentar.\nToo many requests. Wait a moment.\n', 429)
}

/** An office's pages for everybody. A path whose first part is no office is somebody else's. */
export function publicRoutes(door: PublicDoor): Hono {
  const routes = new Hono()
  const headers = pageHeaders({ isPrivate: false })
  const status = statusPages(door)
  const listings = listingPages(door)
  const data = listingData(door)
  const reads = createBuckets(LIMITS.clientPages.rate)
  const open = (method: 'GET' | 'POST', path: string, page: Page) =>
    routes.on(method, `/:office${path}`, async (c, next) => {
      const house = door.houses.get(c.req.param('office') ?? '')
      if (house === undefined) return next()
      const wait = method === 'GET' ? reads.take(door.client(c)) : 0
      if (wait > 0) return tooMany(c, wait)
      const answer = async () => {
        c.res = await page(c, tongueOf(c), house)
      }
      await headers(c, () => packed(c, answer) as Promise<void>)
      return c.res
    })
  open('GET', '', chatPage)
  open('GET', '/status', status.show)
  open('POST', '/status', status.look)
  open('GET', '/vacancies', listings.vacancies)
  open('GET', '/vacancies/:id', listings.vacancy)
  open('GET', '/stages', listings.stages)
  open('GET', '/agenda', listings.agenda)
  open('GET', '/agenda/:id', listings.item)
  if (door.chat !== undefined) {
    const chat = plainChatPages(door.chat)
    open('GET', '/chat', chat.show)
    open('POST', '/chat', chat.say)
  }
  open('GET', '/figures', (c, tongue, house) => figuresPage(c, tongue, house, door))
  open('GET', '/privacy', privacyPage)
  open('GET', '/elsewhere', elsewherePage)
  open('GET', '/data/figures.json', (c, _, house) => figuresData(c, house, door))
  open('GET', '/data/figures.csv', (c, _, house) => figuresData(c, house, door))
  for (const kind of ['vacancies', 'agenda'] as const)
    for (const format of ['json', 'csv'])
      open('GET', `/data/${kind}.${format}`, (c, _, house) => data(c, house, kind))
  return routes
}
