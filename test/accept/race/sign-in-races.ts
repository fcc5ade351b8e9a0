import { Secret, TOTP } from 'otpauth'
import { beginSecondFactor } from '../../../src/records/second-factor.ts'
import { issueSignIn } from '../../../src/records/sign-in-links.ts'
import { bindAccount, linkForStaff } from '../../../src/records/staff.ts'
import { cookieIn } from '../../helpers/desk-house.ts'
import { type Field, failures, type Race } from './field.ts'
import { allAtOnce, times } from './served.ts'

const ME = '/desk/lhokseumawe/me'
/** Wrong digits before the second factor is shut. */
const TRIES = 10

/** What lets somebody in, used by many at once: each is worth one time. */
export const SIGN_IN_RACES: Record<string, Race> = {
  async signInLink({ pages, served, people, atOnce }) {
    const [who] = await people(1, {})
    const link = await issueSignIn(pages.db.pool, who?.id ?? '')
    const answers = await allAtOnce(times(atOnce), () => served.post(`/sign-in/${link}`))
    return { won: answers.filter(letIn).length, failed: failures(answers) }
  },

  async signInLinksAsked({ pages, served, people, atOnce }) {
    const [who] = await people(1, {})
    const links = await allAtOnce(times(atOnce), () => issueSignIn(pages.db.pool, who?.id ?? ''))
    const answers = await allAtOnce(links, link => served.post(`/sign-in/${link}`))
    return { won: answers.filter(letIn).length, failed: failures(answers) }
  },

  async staffWord({ pages, records, people, atOnce }) {
    const [who] = await people(1, {})
    const office = 'lhokseumawe'
    const word = await linkForStaff(pages.db.pool, records.sealing, { id: who?.id ?? '', office })
    const bound = await allAtOnce(times(atOnce), n =>
      bindAccount(pages.db, records.sealing, { office, channel: 'telegram', account: `${n}` }, word),
    )
    return { won: bound.filter(one => one !== undefined).length, failed: 0 }
  },

  async staffWordsAsked({ pages, records, people, atOnce }) {
    const [who] = await people(1, {})
    const office = 'lhokseumawe'
    const words = await allAtOnce(times(atOnce), () =>
      linkForStaff(pages.db.pool, records.sealing, { id: who?.id ?? '', office }),
    )
    const bound = await allAtOnce(words, (word, n) =>
      bindAccount(pages.db, records.sealing, { office, channel: 'telegram', account: `b${n}` }, word),
    )
    return { won: bound.filter(one => one !== undefined).length, failed: 0 }
  },

  async rightDigits(field) {
    const { who, totp, give } = await withFactor(field)
    const answers = await give(
      times(field.atOnce).map(() => totp.generate({ timestamp: field.pages.now.at.getTime() })),
    )
    const given = await field.count(
      `select count(*) from audit_log where action = 'factor_given' and actor = $1`,
      [who],
    )
    return { won: given, failed: failures(answers) }
  },

  async wrongDigits(field) {
    const { totp, give } = await withFactor(field)
    const right = totp.generate({ timestamp: field.pages.now.at.getTime() })
    const wrong = times(field.atOnce).map(n => String((Number(right) + n + 1) % 1_000_000).padStart(6, '0'))
    const answers = await give(wrong)
    const texts = await Promise.all(answers.map(answer => answer.text()))
    const looked = texts.filter(text => text.includes('tidak cocok')).length
    return { won: looked, may: TRIES, failed: failures(answers) }
  },
}

function letIn(answer: Response): boolean {
  return answer.status === 303 && cookieIn(answer).includes('balai=')
}

/** Somebody with a second factor, whose session gives so many digits at once. */
async function withFactor({ pages, records, people, served }: Field) {
  const [who] = await people(1, {})
  const { id = '', cookie = '' } = who ?? {}
  const address = await beginSecondFactor(pages.db.pool, records.sealing, {
    id,
    name: 'Petugas',
    office: 'lhokseumawe',
  })
  const secret = new URL(address ?? '').searchParams.get('secret') ?? ''
  return {
    who: id,
    totp: new TOTP({ secret: Secret.fromBase32(secret) }),
    give: (digits: string[]) =>
      allAtOnce(digits, one => served.post(`${ME}/factor`, { digits: one }, cookie)),
  }
}
