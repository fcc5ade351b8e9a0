import { modelCounts } from './assistant/counts.ts'
import { telegramCounts } from './channels/telegram/counts.ts'
import { whatsappCounts } from './channels/whatsapp/counts.ts'
import { whatsappCloudCounts } from './channels/whatsapp-cloud/counts.ts'
import { createCounters } from './lib/counters.ts'
import { scanCounts } from './records/virus-scan.ts'

/** What this process counts; scraped from /metrics. */
export const counted = () =>
  createCounters({
    messages_received_total: 'Messages that are durably ours, repeats not counted.',
    messages_repeated_total: 'Messages a platform delivered again.',
    turns_failed_total: 'Turns that threw and were set aside.',
    requests_shed_total: 'Requests turned away because there was too much to do.',
    messages_refused_total: 'Messages not taken because too many waited; whoever sent them sends them again.',
    batches_total: 'Transactions that took turns.',
    messages_sent_total: 'Messages a platform accepted.',
    sends_failed_total: 'Sends that failed, each attempt counted.',
    sends_unsettled_total: 'Sends whose answer was lost: the platform may have the message.',
    messages_failed_later_total: 'Messages a platform accepted and then did not deliver.',
    messages_held_total: 'Messages held until somebody writes at their address.',
    windows_closed_total: 'Conversations in which nothing was taken until somebody writes.',
    messages_charged_total: 'Messages a platform charges for.',
    ...modelCounts,
    ...scanCounts,
    ...telegramCounts,
    ...whatsappCounts,
    ...whatsappCloudCounts,
  })
