import { z } from 'zod'
import { isHeavy } from '../../../src/actions/weigh-report.ts'
import { isFairDraft, isOwnSummary } from '../../../src/assistant/check-notes.ts'
import { faultIn } from '../../../src/assistant/check-rephrasing.ts'
import { guardedAs } from '../../../src/assistant/guarded-words.ts'
import { wordsOf } from '../../../src/assistant/plain-words.ts'
import { contentIn, readOutput } from '../../../src/assistant/read-output.ts'
import { factsIn } from '../../../src/assistant/sentences.ts'
import { cleanFileName } from '../../../src/channels/clean.ts'
import { cutLabel, splitText } from '../../../src/channels/split-text.ts'
import { personOf, phoneOf } from '../../../src/channels/whatsapp/names.ts'
import { readAnswer as fromMeta } from '../../../src/channels/whatsapp-cloud/answers.ts'
import { readOutcome } from '../../../src/channels/whatsapp-cloud/outcomes.ts'
import { advance } from '../../../src/conversation/engine.ts'
import { isEvent } from '../../../src/conversation/event-shape.ts'
import { restingState } from '../../../src/conversation/state.ts'
import { advanceDesk } from '../../../src/desk/advance-desk.ts'
import { type DeskEvent, restingDesk } from '../../../src/desk/desk-state.ts'
import { namedIn } from '../../../src/desk/named.ts'
import { quoted } from '../../../src/desk/quoted.ts'
import { ask } from '../../../src/knowledge/ask.ts'
import { elsewhere } from '../../../src/knowledge/elsewhere.ts'
import { createIndex } from '../../../src/knowledge/index.ts'
import { shown } from '../../../src/lib/clean-text.ts'
import { marked } from '../../../src/portal/look/marked.ts'
import { told } from '../../../src/portal/pages/told.ts'
import { lexiconOf } from '../../../src/serve-articles.ts'
import { groupSuggestions } from '../../../src/surveys/suggestion-groups.ts'
import { booksIn } from '../../helpers/books.ts'
import type { Target } from './engine.ts'
import { must, mustBeBounded, mustBeMoment } from './must.ts'

const lexicon = lexiconOf('flows')
const known = lexicon.reader.words
const book = (await booksIn('flows')).medan
const now = new Date('2026-11-22T02:00:00Z')
const json = (value: unknown) => JSON.stringify(value)
const ARTICLE =
  'Seleksi CPNS tidak dipungut biaya. Pendaftaran hanya di sscasn.bkn.go.id sampai 10 Desember 2026. Berkas wajib diunggah sendiri.'
const index = createIndex(lexicon, [
  {
    id: 'biaya',
    question: 'Berapa biaya seleksi CPNS?',
    alternatives: ['bayar berapa'],
    answer: ARTICLE,
    tags: [],
  },
  {
    id: 'berkas',
    question: 'Berkas apa yang diunggah?',
    alternatives: [],
    answer: 'KTP dan ijazah.',
    tags: ['cpns'],
  },
  {
    id: 'jam',
    question: 'Jam buka kantor?',
    alternatives: ['kantor buka jam berapa'],
    answer: '08.00.',
    tags: [],
  },
])
const denials = (text: string) => wordsOf(text).filter(word => guardedAs(word) === guardedAs('tidak')).length
const said = (text: string, n: number) => ({
  type: 'replied',
  kind: 'text',
  text,
  at: `2026-11-21T09:${String(n % 60).padStart(2, '0')}:00+07:00`,
})

/** What hears whole conversations, questions and models, and what shows their words. */
export const READ_TALK: Readonly<Record<string, Target>> = {
  conversation: {
    seeds: [
      'pengaduan\n1\nlampu jalan mati sejak kemarin\nJalan Contoh\nlewati\nkirim',
      'lowongan\ns1 hukum\n27\nmenu\n2\nkembali\nbatal',
      'status MDN-2611-MEVAPZ\n123456\npetugas\nstop',
      'survei\n4\n3\n2\n1\nbahasa\nen\nhapus data\nya',
    ],
    run(text) {
      if (book === undefined) return
      let state = restingState('id')
      for (const [n, line] of text.slice(0, 1500).split('\n').slice(0, 30).entries()) {
        const event = said(line, n)
        if (!isEvent(event)) throw new Error('broken: is no event')
        const turn = advance(book, state, event)
        const again = advance(book, JSON.parse(json(state)), JSON.parse(json(event)))
        must(json(again) === json(turn), 'goes another way a second time')
        state = turn.state
        for (const effect of turn.effects)
          if (effect.type === 'send') must(effect.text.trim() !== '', 'says nothing')
      }
      mustBeBounded(state, text, 12, 8000)
    },
  },
  'group of staff': {
    seeds: [
      'ambil #7K4QXH\nbalas #7K4QXH sudah',
      'umumkan untuk lowongan: Pendaftaran dibuka sampai Senin\nkirim P-7K4QX',
      'bantuan\nbatal',
    ],
    run(text) {
      let state = restingDesk()
      for (const [n, line] of text.slice(0, 1500).split('\n').slice(0, 20).entries()) {
        const event = { type: 'staff_said', text: line, staff: 'Rina', at: said(line, n).at } as DeskEvent
        const turn = advanceDesk(state, event)
        must(json(advanceDesk(state, event)) === json(turn), 'goes another way a second time')
        state = turn.state
      }
      mustBeBounded(state, text)
    },
  },
  question: {
    seeds: [
      'brp biaya cpns kak?',
      'kantor buka jam brp, dan berkasnya apa saja',
      'bpjs saya mati gmn ya',
      'how much does it cost',
    ],
    run(text) {
      const reply = ask(index, text)
      must(reply.confidence >= 0 && reply.confidence <= 1, 'is surer than sure')
      for (const { score } of reply.ranked) must(Number.isFinite(score), 'has no score')
      mustBeBounded([reply, elsewhere(index, text), groupSuggestions([text, 'parkir luas'])], text, 12)
    },
  },
  'words of a model': {
    seeds: [
      `{"article":"biaya","text":${json(ARTICLE)}}`,
      '```json\n{"article":"none","text":""}\n```',
      `{"article":"biaya","text":"Seleksi CPNS tidak dipungut biaya. Berkas wajib diunggah sendiri."}`,
      json({ choices: [{ message: { content: '{}' } }] }),
    ],
    run(text) {
      const read = readOutput(z.object({ article: z.string(), text: z.string() }), contentIn(text) ?? text)
      const words = read?.text ?? text
      if (faultIn(words, ARTICLE, known) === undefined) {
        const facts = new Set(factsIn(ARTICLE))
        must(
          factsIn(words).every(fact => facts.has(fact)),
          'lets a fact pass that is not in the article',
        )
        must(denials(words) === denials(ARTICLE), 'lets a denial be left out')
        must(words.length < ARTICLE.length * 1.25 + 40, 'lets pass what is longer')
      }
      if (isOwnSummary(words, ARTICLE, known)) must(!words.trim().includes('\n'), 'is no one line')
      if (isFairDraft(words, [ARTICLE])) must(!/https?:/i.test(words), 'lets a link pass')
    },
  },
  'words shown': {
    seeds: [
      '1. satu\n2. dua *tebal* https://contoh.go.id/a?b=1.',
      'a\u0301\u0301\u0301\u0301\u0301b\u200d',
      '\u2068*x*\u2069 👩‍👩‍👧 _y_',
      '../../etc/passwd',
    ],
    run(text) {
      const seen = shown(text)
      must(shown(seen) === seen, 'is not itself when shown again')
      for (const most of [20, 64, 4096]) {
        const parts = splitText(text, most)
        must(
          parts.every(part => part.length <= most),
          'has a part that is too long',
        )
        const bare = (one: string) => one.replace(/\s/g, '')
        must(bare(parts.join('')) === bare(text), 'loses something')
        must(cutLabel(text, most).length <= most, 'is too long for a label')
      }
      const page = `${told(text)}${marked(text)}`
      must(!/<(?!\/?(?:p|b|bdi|a)\b)/.test(page), 'is markup of somebody else')
      must(!/href="(?!https:)/.test(page), 'leads elsewhere')
      must(!/[\\/]/.test(cleanFileName(text)), 'is a place')
      mustBeBounded(quoted(text), text)
      namedIn(text, [{ id: 'spam', spellings: ['iseng', 'bukan laporan'] }])
      isHeavy(text)
    },
  },
  'what platforms answer': {
    is: 'json',
    seeds: [
      json({
        id: 'wamid.A',
        status: 'failed',
        timestamp: '1795000000',
        errors: [{ code: 131026 }],
        biz_opaque_callback_data: 'k',
      }),
      json({
        id: 'wamid.B',
        status: 'delivered',
        timestamp: 1,
        pricing: { category: 'utility', billable: true, pricing_model: 'PMP' },
      }),
      json('620000000001:7@s.whatsapp.net'),
      json('1_1:2@lid'),
    ],
    run(text) {
      let read: unknown
      try {
        read = JSON.parse(text)
      } catch {
        return
      }
      const outcome = readOutcome(read, 'medan', now)
      if (outcome !== undefined) mustBeMoment(outcome.at)
      mustBeBounded(outcome, text)
      const code = Number(text.replace(/\D/g, '').slice(0, 6))
      must(fromMeta(code % 600, { code }).meaning !== undefined, 'means nothing')
      const person = personOf(read)
      if (person !== undefined) must(personOf(person) === person && phoneOf(person) !== '', 'is nobody')
    },
  },
}
