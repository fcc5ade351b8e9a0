import { telegramCounts } from './channels/telegram/counts.ts'
import { createCounters } from './lib/counters.ts'

/** What this process counts; scraped from /metrics. */
export const counted = () =>
  createCounters({
    messages_received_total: 'Messages that are durably ours, repeats not counted.',
    messages_repeated_total: 'Messages a platform delivered again.',
    turns_failed_total: 'Turns that threw and were set aside.',
    batches_total: 'Transactions that took turns.',
    messages_sent_total: 'Messages a platform accepted.',
    sends_failed_total: 'Sends that failed, each attempt counted.',
    ...telegramCounts,
  })
