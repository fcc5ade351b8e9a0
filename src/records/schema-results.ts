import { date, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { at } from './schema-columns.ts'

/** How many were asked, reminded, refused, stayed silent, began, stopped: counts alone. */
export const surveyTallies = pgTable(
  'survey_tallies',
  {
    office: text().notNull(),
    survey: text().notNull(),
    month: date().notNull(),
    source: text().notNull(),
    unit: text().notNull(),
    service: text().notNull(),
    what: text().notNull(),
    count: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.survey, t.month, t.source, t.unit, t.service, t.what] })],
)

/** How many people were served in a period, as the office says. */
export const surveyPeriods = pgTable(
  'survey_periods',
  {
    office: text().notNull(),
    survey: text().notNull(),
    /** 2026, 2026-S1, 2026-T3. */
    period: text().notNull(),
    served: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.survey, t.period] })],
)

/** Rencana tindak lanjut: what an office will do about an element, and what became of it. */
export const surveyPlans = pgTable(
  'survey_plans',
  {
    office: text().notNull(),
    survey: text().notNull(),
    period: text().notNull(),
    element: text().notNull(),
    programme: text().notNull(),
    /** When, and who is in charge, as the office writes it: a function rather than a person. */
    time: text().notNull(),
    charge: text().notNull(),
    /** What became of it; '' until somebody says. */
    followUp: text('follow_up').notNull().default(''),
    changedBy: text('changed_by').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.survey, t.period, t.element] })],
)

/** Figures as they were published. They stay as they are: a correction is a further version beside them. */
export const surveyFigures = pgTable(
  'survey_figures',
  {
    office: text().notNull(),
    survey: text().notNull(),
    period: text().notNull(),
    version: smallint().notNull(),
    figures: jsonb().notNull(),
    publishedBy: text('published_by').notNull(),
    publishedAt: at('published_at').notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.survey, t.period, t.version] })],
)
