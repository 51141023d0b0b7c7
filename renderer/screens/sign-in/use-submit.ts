/** The course of a form that signs somebody in. */
import { type FormEvent, useState } from "react";

/** @param work called when the form is sent; what it throws is shown in the form */
export function useSubmit(work: () => Promise<void>) {
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { error, isBusy, onSubmit: (event: FormEvent): void => void submit(event) };
}
