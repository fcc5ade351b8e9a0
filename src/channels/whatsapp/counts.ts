/** What this channel counts, with the help sentence of each. */
export const whatsappCounts = {
  whatsapp_messages_ignored_total: 'WhatsApp messages that mean nothing to us.',
  whatsapp_messages_given_up_total: 'WhatsApp messages left out after failing again and again.',
  whatsapp_files_refused_total: 'Files of WhatsApp that were not kept.',
  whatsapp_side_calls_failed_total: 'Notices and typing signs that WhatsApp did not take.',
  whatsapp_worker_faults_total: 'Faults the worker of a WhatsApp number told of.',
} as const
