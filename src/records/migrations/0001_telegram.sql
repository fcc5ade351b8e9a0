CREATE TABLE "groups" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"desk" text NOT NULL,
	"forum" boolean DEFAULT false NOT NULL,
	"status" text NOT NULL,
	"moved_to" "bytea"
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
CREATE TABLE "topics" (
	"conversation_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"thread" text NOT NULL,
	CONSTRAINT "topics_conversation_id_ticket_id_pk" PRIMARY KEY("conversation_id","ticket_id")
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "ref" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "origin" "bytea";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "edits" "bytea";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "urgency" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_accounts" ADD CONSTRAINT "staff_accounts_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "topics_thread" ON "topics" USING btree ("conversation_id","thread");--> statement-breakpoint
CREATE INDEX "outbox_ref" ON "outbox" USING btree ("conversation_id","ref") WHERE "outbox"."ref" is not null;--> statement-breakpoint
CREATE INDEX "outbox_origin" ON "outbox" USING btree ("origin") WHERE "outbox"."origin" is not null;