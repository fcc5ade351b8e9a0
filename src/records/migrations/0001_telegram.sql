CREATE TABLE "blocks" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"ticket_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"appealed_on" date
);
--> statement-breakpoint
CREATE TABLE "desk_digests" (
	"office" text NOT NULL,
	"desk" text NOT NULL,
	"told_on" date NOT NULL,
	"listed_on" date,
	CONSTRAINT "desk_digests_office_desk_pk" PRIMARY KEY("office","desk")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"desk" text NOT NULL,
	"forum" boolean DEFAULT false NOT NULL,
	"status" text NOT NULL,
	"moved_to" "bytea"
);
--> statement-breakpoint
CREATE TABLE "linked_chats" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"other_id" uuid,
	"wrong_codes" smallint DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "long_options" (
	"office" text NOT NULL,
	"token" text NOT NULL,
	"option" text NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	CONSTRAINT "long_options_office_token_pk" PRIMARY KEY("office","token")
);
--> statement-breakpoint
CREATE TABLE "merges" (
	"ticket_id" uuid PRIMARY KEY NOT NULL,
	"before" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "polls" (
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"epoch" integer NOT NULL,
	"position" bigint,
	CONSTRAINT "polls_office_channel_pk" PRIMARY KEY("office","channel")
);
--> statement-breakpoint
CREATE TABLE "single_use" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"opens" text NOT NULL,
	"whose" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"desks" text[],
	"wrapped_key" "bytea" NOT NULL,
	"left_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_accounts" (
	"account_hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"account" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "talks" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"ticket_id" uuid NOT NULL,
	"begun_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"waits_since" timestamp with time zone,
	"told_away" boolean DEFAULT false NOT NULL,
	"speaker" "bytea"
);
--> statement-breakpoint
CREATE TABLE "ticket_clocks" (
	"ticket_id" uuid NOT NULL,
	"name" text NOT NULL,
	"rule" text NOT NULL,
	"rests" text[] NOT NULL,
	"anew" boolean NOT NULL,
	"turns" timestamp with time zone[] NOT NULL,
	"done" boolean DEFAULT false NOT NULL,
	"stage" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"moved_from" date,
	CONSTRAINT "ticket_clocks_ticket_id_name_pk" PRIMARY KEY("ticket_id","name")
);
--> statement-breakpoint
CREATE TABLE "ticket_words" (
	"ticket_id" uuid PRIMARY KEY NOT NULL,
	"words" bigint[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"conversation_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"thread" text NOT NULL,
	CONSTRAINT "topics_conversation_id_ticket_id_pk" PRIMARY KEY("conversation_id","ticket_id")
);
--> statement-breakpoint
DROP INDEX "outbox_open";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "ref" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "origin" "bytea";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "edits" "bytea";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "urgency" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "postponed_until" date;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_accounts" ADD CONSTRAINT "staff_accounts_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "talks" ADD CONSTRAINT "talks_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_clocks" ADD CONSTRAINT "ticket_clocks_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_words" ADD CONSTRAINT "ticket_words_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "talks_ticket" ON "talks" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "ticket_clocks_next" ON "ticket_clocks" USING btree ("next_at") WHERE "ticket_clocks"."next_at" is not null;--> statement-breakpoint
CREATE INDEX "ticket_words_in" ON "ticket_words" USING gin ("words");--> statement-breakpoint
CREATE UNIQUE INDEX "topics_thread" ON "topics" USING btree ("conversation_id","thread");--> statement-breakpoint
CREATE INDEX "outbox_ref" ON "outbox" USING btree ("conversation_id","ref") WHERE "outbox"."ref" is not null;--> statement-breakpoint
CREATE INDEX "outbox_origin" ON "outbox" USING btree ("origin") WHERE "outbox"."origin" is not null;--> statement-breakpoint
CREATE INDEX "tickets_merged" ON "tickets" USING btree ("merged_into") WHERE "tickets"."merged_into" is not null;--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("conversation_id","urgency","seq") WHERE "outbox"."status" in ('waiting', 'sending');