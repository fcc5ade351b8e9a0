CREATE TABLE "survey_answered" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"kept_until" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "survey_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"noted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "survey_figures" (
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"period" text NOT NULL,
	"version" smallint NOT NULL,
	"figures" jsonb NOT NULL,
	"published_by" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "survey_figures_office_survey_period_version_pk" PRIMARY KEY("office","survey","period","version")
);
--> statement-breakpoint
CREATE TABLE "survey_invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"ticket_id" uuid,
	"occasion" "bytea" NOT NULL,
	"source" text NOT NULL,
	"unit" text NOT NULL,
	"service" text NOT NULL,
	"status" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"over_at" timestamp with time zone NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "survey_keys" (
	"purpose" text NOT NULL,
	"office" text NOT NULL,
	"day" date NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"kept_until" date,
	CONSTRAINT "survey_keys_purpose_office_day_pk" PRIMARY KEY("purpose","office","day")
);
--> statement-breakpoint
CREATE TABLE "survey_periods" (
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"period" text NOT NULL,
	"served" integer NOT NULL,
	CONSTRAINT "survey_periods_office_survey_period_pk" PRIMARY KEY("office","survey","period")
);
--> statement-breakpoint
CREATE TABLE "survey_plans" (
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"period" text NOT NULL,
	"element" text NOT NULL,
	"programme" text NOT NULL,
	"time" text NOT NULL,
	"charge" text NOT NULL,
	"follow_up" text DEFAULT '' NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "survey_plans_office_survey_period_element_pk" PRIMARY KEY("office","survey","period","element")
);
--> statement-breakpoint
CREATE TABLE "survey_points" (
	"code" text PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"unit" text NOT NULL,
	"services" text[] NOT NULL,
	"per_day" integer NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	"used_on" date,
	"closed_on" date
);
--> statement-breakpoint
CREATE TABLE "survey_responses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"version" text NOT NULL,
	"month" date NOT NULL,
	"source" text NOT NULL,
	"channel" text NOT NULL,
	"unit" text NOT NULL,
	"service" text NOT NULL,
	"traits" jsonb NOT NULL,
	"whole" boolean NOT NULL,
	"values" smallint[] NOT NULL,
	"made_by" "bytea"[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "survey_suggestions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"month" date NOT NULL,
	"unit" text NOT NULL,
	"service" text NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "survey_tallies" (
	"office" text NOT NULL,
	"survey" text NOT NULL,
	"month" date NOT NULL,
	"source" text NOT NULL,
	"unit" text NOT NULL,
	"service" text NOT NULL,
	"what" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "survey_tallies_office_survey_month_source_unit_service_what_pk" PRIMARY KEY("office","survey","month","source","unit","service","what")
);
--> statement-breakpoint
CREATE TABLE "survey_versions" (
	"version" text PRIMARY KEY NOT NULL,
	"survey" text NOT NULL,
	"elements" text[] NOT NULL,
	"instrument" jsonb NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "survey_drafts_of" ON "survey_drafts" USING btree ("conversation_id","survey");--> statement-breakpoint
CREATE INDEX "survey_drafts_noted" ON "survey_drafts" USING btree ("noted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "survey_invitations_once" ON "survey_invitations" USING btree ("occasion");--> statement-breakpoint
CREATE INDEX "survey_invitations_of" ON "survey_invitations" USING btree ("conversation_id","survey");--> statement-breakpoint
CREATE INDEX "survey_invitations_due" ON "survey_invitations" USING btree ("due_at") WHERE "survey_invitations"."status" in ('waiting', 'sent', 'reminded');--> statement-breakpoint
CREATE INDEX "survey_responses_of" ON "survey_responses" USING btree ("office","survey","month","id");--> statement-breakpoint
CREATE INDEX "survey_suggestions_of" ON "survey_suggestions" USING btree ("office","survey","month","id");