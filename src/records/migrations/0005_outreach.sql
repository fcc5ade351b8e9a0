CREATE TABLE "announced" (
	"announcement_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"conversation_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"correction" boolean NOT NULL,
	"state" text NOT NULL,
	"cause" text,
	"outbox_id" bigint,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "announced_announcement_id_version_conversation_id_pk" PRIMARY KEY("announcement_id","version","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "announcement_versions" (
	"announcement_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"words" jsonb NOT NULL,
	"audience" jsonb NOT NULL,
	"to_new" boolean NOT NULL,
	"listing_version" integer,
	"drafted_by" text NOT NULL,
	"drafted_by_id" uuid,
	"drafted_at" timestamp with time zone NOT NULL,
	"approved_by" text,
	"send_at" timestamp with time zone,
	"began_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "announcement_versions_announcement_id_version_pk" PRIMARY KEY("announcement_id","version")
);
--> statement-breakpoint
CREATE TABLE "announcements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"code" text NOT NULL,
	"about" text,
	"desk" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citizen_zones" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"zone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reminders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"office" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"listing_id" text NOT NULL,
	"due" timestamp with time zone NOT NULL,
	"remind_at" timestamp with time zone,
	"told_due" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscriptions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"office" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"kind" text NOT NULL,
	"education" text NOT NULL,
	"stage" text NOT NULL,
	"place" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "told_changes" (
	"office" text PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "attempted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "announced" ADD CONSTRAINT "announced_of" FOREIGN KEY ("announcement_id","version") REFERENCES "public"."announcement_versions"("announcement_id","version") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_versions" ADD CONSTRAINT "announcement_versions_announcement_id_announcements_id_fk" FOREIGN KEY ("announcement_id") REFERENCES "public"."announcements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announced_open" ON "announced" USING btree ("announcement_id","version","channel") WHERE "announced"."state" in ('planned', 'queued');--> statement-breakpoint
CREATE INDEX "announced_queued" ON "announced" USING btree ("outbox_id") WHERE "announced"."state" in ('queued', 'held');--> statement-breakpoint
CREATE INDEX "announced_under_way" ON "announced" USING btree ("announcement_id","version") WHERE "announced"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "announced_to" ON "announced" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "announcement_versions_open" ON "announcement_versions" USING btree ("send_at") WHERE "announcement_versions"."status" in ('approved', 'sending');--> statement-breakpoint
CREATE UNIQUE INDEX "announcements_code" ON "announcements" USING btree ("office","code");--> statement-breakpoint
CREATE UNIQUE INDEX "announcements_about" ON "announcements" USING btree ("office","about") WHERE "announcements"."about" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_once" ON "reminders" USING btree ("conversation_id","kind","listing_id");--> statement-breakpoint
CREATE INDEX "reminders_next" ON "reminders" USING btree ("remind_at") WHERE "reminders"."remind_at" is not null;--> statement-breakpoint
CREATE INDEX "reminders_about" ON "reminders" USING btree ("office","kind","listing_id");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_once" ON "subscriptions" USING btree ("conversation_id","topic","kind","education","stage","place");--> statement-breakpoint
CREATE INDEX "subscriptions_of_office" ON "subscriptions" USING btree ("office","topic");