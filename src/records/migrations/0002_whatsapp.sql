CREATE TABLE "aliases" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"address_hash" "bytea" NOT NULL,
	"account_hash" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"last_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "priced_messages" (
	"message_hash" "bytea" PRIMARY KEY NOT NULL,
	"noted_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"month" text NOT NULL,
	"category" text NOT NULL,
	"type" text NOT NULL,
	"billable" boolean NOT NULL,
	"messages" integer NOT NULL,
	CONSTRAINT "prices_office_channel_month_category_type_billable_pk" PRIMARY KEY("office","channel","month","category","type","billable")
);
--> statement-breakpoint
CREATE TABLE "whatsapp_heard" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "whatsapp_heard_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"office" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"heard_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "whatsapp_keys" (
	"office" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "whatsapp_keys_office_hash_pk" PRIMARY KEY("office","hash")
);
--> statement-breakpoint
CREATE TABLE "whatsapp_sent" (
	"office" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"kept_until" timestamp with time zone NOT NULL,
	CONSTRAINT "whatsapp_sent_office_hash_pk" PRIMARY KEY("office","hash")
);
--> statement-breakpoint
CREATE TABLE "whatsapp_sessions" (
	"office" text PRIMARY KEY NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"asked" text,
	"asked_for" "bytea",
	"shown" "bytea",
	"version" text,
	"restricted_until" timestamp with time zone,
	"begun_on" date,
	"begun" integer DEFAULT 0 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "outbox_ref";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "left_with" bigint;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "delivery" smallint;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "failed" text;--> statement-breakpoint
CREATE INDEX "aliases_address" ON "aliases" USING btree ("address_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "whatsapp_heard_once" ON "whatsapp_heard" USING btree ("office","hash");--> statement-breakpoint
CREATE INDEX "whatsapp_sent_until" ON "whatsapp_sent" USING btree ("kept_until");--> statement-breakpoint
CREATE INDEX "outbox_held" ON "outbox" USING btree ("conversation_id","seq") WHERE "outbox"."status" = 'held';--> statement-breakpoint
CREATE INDEX "outbox_ref" ON "outbox" USING btree ("ref","conversation_id") WHERE "outbox"."ref" is not null;