package io.vpcep.operator.cluster;

/** What became of one write. */
sealed interface WriteOutcome {
  /** The {@code result} of the metric. */
  String result();

  /** The mirror is as planned. */
  record Done() implements WriteOutcome {
    @Override
    public String result() {
      return "ok";
    }
  }

  /** Somebody was faster: nothing was written, and the next sync plans with what is there now. */
  record Superseded() implements WriteOutcome {
    @Override
    public String result() {
      return "superseded";
    }
  }

  /** The resource belongs to another project. */
  record Foreign() implements WriteOutcome {
    @Override
    public String result() {
      return "conflict";
    }
  }

  /** The Kubernetes API cannot take the write for the moment: 429 or 5xx. */
  record Busy(String problem) implements WriteOutcome {
    /** The result of an attempt that is followed by another one. */
    static final String TRIED_AGAIN = "busy";

    @Override
    public String result() {
      return "error";
    }
  }

  /** The Kubernetes API refused. */
  record Refused(String problem) implements WriteOutcome {
    @Override
    public String result() {
      return "error";
    }
  }

  /** The Kubernetes API gave no answer: whether it wrote is not known. */
  record Unanswered(String problem) implements WriteOutcome {
    @Override
    public String result() {
      return "error";
    }
  }
}
