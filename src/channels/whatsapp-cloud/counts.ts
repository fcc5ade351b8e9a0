/** What this channel counts, each with its help sentence; `counted` must list them. */
export const whatsappCloudCounts = {
  whatsapp_cloud_messages_ignored_total:
    'Messages that are nothing said to us: reactions, groups, service notes.',
  whatsapp_cloud_messages_malformed_total:
    'Signed webhook bodies and messages in them that nobody could read.',
  whatsapp_cloud_messages_given_up_total: 'Messages left out because taking them failed again and again.',
  whatsapp_cloud_webhooks_refused_total: 'Webhook calls without the right signature or token.',
  whatsapp_cloud_files_refused_total:
    'Files that were not kept: too large, of an unknown type, not to be had.',
  whatsapp_cloud_side_calls_failed_total: 'Read marks, typing signs and notices Meta did not take.',
} as const

export type WhatsAppCloudCount = keyof typeof whatsappCloudCounts
