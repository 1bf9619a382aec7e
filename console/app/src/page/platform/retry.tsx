import { useForm } from "@mantine/form";
import { useRetryJob } from "../../api/platform";
import { fieldErrors, lookUp } from "../../api/problem";
import type { FailedJob } from "../../gen/storebot/v1/platform_pb";
import { useText } from "../../i18n/language";
import { useNotice } from "../../part/notice";
import { Reasoned } from "./reasoned";

/** useJobName names a job in the reader's language. */
export function useJobName() {
  const t = useText();
  return (job: FailedJob) => `${lookUp(t.platform.jobKinds, job.kind) ?? job.kind} ${job.id}`;
}

/** Retrying asks for the reason that goes into the audit, and has a job tried again. */
export function Retrying({ job, onClose }: { job: FailedJob; onClose: () => void }) {
  const t = useText();
  const notice = useNotice();
  const retry = useRetryJob();
  const nameOf = useJobName();
  const form = useForm({ initialValues: { reason: "" } });
  const submit = form.onSubmit(({ reason }) =>
    retry.mutate(
      { id: job.id, reason },
      {
        onSuccess: () => {
          notice.done(t.platform.retried);
          onClose();
        },
        onError: (error) => {
          const errors = fieldErrors(error, { reason: "reason" }, t);
          form.setErrors(errors);
          if (Object.keys(errors).length === 0) notice.failed(error);
        },
      },
    ),
  );
  return (
    <Reasoned
      title={t.platform.actOn(t.platform.retry, nameOf(job))}
      reason={form.getInputProps("reason")}
      action={t.platform.retry}
      busy={retry.isPending}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}
