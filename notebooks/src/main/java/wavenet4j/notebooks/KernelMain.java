package wavenet4j.notebooks;

import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.core.Transform;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.jupyter.kernel.message.MessageType;
import org.rapaio.jupyter.kernel.message.messages.IOPubStatus;

/// Starts the kernel. It listens before it can answer, between which it writes its first message;
/// what Jupyter asks in that time ends the thread that should answer, and so the kernel. The first
/// message of a process takes long, the second does not: hence one for nobody.
public final class KernelMain {
    private KernelMain() {}

    /// Runs it until Jupyter ends it.
    ///
    /// @param args the connection file
    public static void main(String[] args) throws Exception {
        Transform.toJson(new Message<>(MessageType.IOPUB_STATUS, IOPubStatus.STARTING));
        MainApp.main(args);
    }
}
