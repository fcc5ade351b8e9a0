import { html } from 'hono/html'
import { recruitmentNotice } from '../desk/announcement-words.ts'
import type { Html } from '../portal/look/frame.ts'
import { marked } from '../portal/look/marked.ts'
import type { Identified } from '../records/listings.ts'
import { listingsOf } from '../records/listings-of.ts'
import { placesTaken } from '../records/registrations.ts'
import { isShown } from '../vacancies/shown.ts'
import { vacancyText } from '../vacancies/spoken.ts'
import { agendaText, isRecruitment } from '../vacancies/spoken-agenda.ts'
import { stagesText } from '../vacancies/spoken-stages.ts'
import type { Seat } from './door.ts'
import type { Whole } from './listing-kinds.ts'

/** A listing as the bot tells it to citizens, in both languages of theirs. */
export async function listingTold(seat: Seat, whole: Whole): Promise<Html> {
  const { house, t } = seat
  const warned = whole.kind !== 'agenda' || isRecruitment(whole.listing)
  const texts: Html[] = []
  for (const language of ['id', 'en'] as const) {
    if (!house.office.languages.includes(language)) continue
    const text = [
      await textOf(seat, whole, language),
      ...(warned ? recruitmentNotice(house, language) : []),
    ].join('\n\n')
    const heading = language === 'id' ? t('Bahasa Indonesia', 'Indonesian') : t('Bahasa Inggris', 'English')
    texts.push(
      html`<h3>${heading}</h3><p class="words told" lang="${language}"><bdi>${marked(text)}</bdi></p>`,
    )
  }
  return html`${texts}`
}

async function textOf(seat: Seat, whole: Whole, language: 'id' | 'en'): Promise<string> {
  const { door, house } = seat
  const { id: office, zone } = house.office
  const now = door.now()
  switch (whole.kind) {
    case 'vacancy':
      return vacancyText(whole.listing, zone, language)
    case 'agenda': {
      const { listing } = whole
      const taken = (await placesTaken(door.db.pool, office, [listing.id])).get(listing.id) ?? 0
      return agendaText(listing, { here: zone, now, taken, km: undefined }, language)
    }
    case 'stage': {
      const { listing, round } = whole
      if (round === undefined) return listing.name
      return stagesText(round, await stagesWith(seat, listing), zone, now, language)
    }
  }
}

/** The stages citizens read of this selection, this one among them as it is here. */
async function stagesWith({ door, house }: Seat, stage: Identified<'stage'>): Promise<Identified<'stage'>[]> {
  const others = (await listingsOf(door.db.pool, house.office.id, 'stage')).filter(
    one => one.round === stage.round && one.id !== stage.id && isShown(one, true),
  )
  return [...others, stage].toSorted((a, b) => a.place - b.place)
}
