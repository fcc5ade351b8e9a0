CREATE TABLE "article_changes" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "article_changes_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"office" text,
	"article_id" text NOT NULL,
	"content" jsonb,
	"phrasing" text,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_asks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"purpose" text NOT NULL,
	"whose" "bytea" NOT NULL,
	"conversation_id" uuid,
	"ticket_id" uuid,
	"sealed" "bytea",
	"status" text NOT NULL,
	"how" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"calls" integer DEFAULT 0 NOT NULL,
	"called_on" date,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"ticket_id" uuid,
	"reason" text NOT NULL,
	"article" text,
	"words" bigint[] NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "model_asks" ADD CONSTRAINT "model_asks_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_asks_open" ON "model_asks" USING btree ("asked_at") WHERE "model_asks"."status" <> 'settled';--> statement-breakpoint
CREATE INDEX "model_asks_called" ON "model_asks" USING btree ("office","called_on") WHERE "model_asks"."called_on" is not null;--> statement-breakpoint
CREATE INDEX "model_asks_whose" ON "model_asks" USING btree ("whose","asked_at");--> statement-breakpoint
CREATE INDEX "model_asks_ticket" ON "model_asks" USING btree ("ticket_id") WHERE "model_asks"."ticket_id" is not null;--> statement-breakpoint
CREATE INDEX "questions_open" ON "questions" USING btree ("office","asked_at") WHERE "questions"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "questions_of" ON "questions" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "questions_ticket" ON "questions" USING btree ("ticket_id") WHERE "questions"."ticket_id" is not null;