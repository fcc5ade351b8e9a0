CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"address_hash" "bytea" NOT NULL,
	"party" text NOT NULL,
	"desk" text,
	"address" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"state" "bytea" NOT NULL,
	"turn" integer NOT NULL,
	"last_seq" integer NOT NULL,
	"language" text NOT NULL,
	"flow" text,
	"step" text,
	"waiting" text,
	"version" text,
	"parked" text,
	"stopped" boolean DEFAULT false NOT NULL,
	"wipe_after" timestamp with time zone,
	"wipe_seq" integer,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"conversation_id" uuid,
	"ticket_id" uuid,
	"mime" text NOT NULL,
	"size" integer NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"stored_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flow_versions" (
	"version" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"flow" text NOT NULL,
	"archived_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "house" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"message_hash" "bytea" NOT NULL,
	"address_hash" "bytea",
	"conversation_id" uuid,
	"turn" integer,
	"seq" integer,
	"status" text NOT NULL,
	"sealed" "bytea",
	"about" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"error" text,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"sender" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"about" uuid,
	"status" text NOT NULL,
	"parts_sent" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"error" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "ticket_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ticket_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"ticket_id" uuid NOT NULL,
	"type" text NOT NULL,
	"visible" boolean NOT NULL,
	"sealed" "bytea",
	"happened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"restricted" boolean NOT NULL,
	"anonymous" boolean NOT NULL,
	"confidential" boolean NOT NULL,
	"desk" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"conversation_id" uuid,
	"receipt_hash" "bytea",
	"wrapped_key" "bytea",
	"fields" "bytea",
	"taken_by" "bytea",
	"pin_tries" integer DEFAULT 0 NOT NULL,
	"pin_locked_until" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"answer_due" date,
	"resolve_due" date,
	"closed_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_events" ADD CONSTRAINT "ticket_events_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_address" ON "conversations" USING btree ("address_hash");--> statement-breakpoint
CREATE INDEX "conversations_waiting" ON "conversations" USING btree ("waiting") WHERE "conversations"."waiting" is not null;--> statement-breakpoint
CREATE INDEX "conversations_wipe" ON "conversations" USING btree ("wipe_after") WHERE "conversations"."wipe_after" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_once" ON "inbox" USING btree ("message_hash");--> statement-breakpoint
CREATE INDEX "inbox_said" ON "inbox" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE INDEX "inbox_pending" ON "inbox" USING btree ("due_at") WHERE "inbox"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("address_hash","id") WHERE "inbox"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "inbox_about" ON "inbox" USING btree ("about") WHERE "inbox"."about" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_said" ON "outbox" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("conversation_id","seq") WHERE "outbox"."status" in ('waiting', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_about" ON "outbox" USING btree ("about") WHERE "outbox"."about" is not null;--> statement-breakpoint
CREATE INDEX "ticket_events_of" ON "ticket_events" USING btree ("ticket_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tickets_code" ON "tickets" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "tickets_receipt" ON "tickets" USING btree ("receipt_hash");--> statement-breakpoint
CREATE INDEX "tickets_of_conversation" ON "tickets" USING btree ("conversation_id","opened_at");--> statement-breakpoint
CREATE INDEX "tickets_of_desk" ON "tickets" USING btree ("office","desk","status");