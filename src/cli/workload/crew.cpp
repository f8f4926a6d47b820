// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/crew.hpp"

#include "sys/clock.hpp"
#include "workload/pace.hpp"

#include <algorithm>
#include <barrier>
#include <system_error>
#include <thread>

#include <sys/resource.h>

namespace mp3prof
{

namespace
{

// Threads that make one iteration after another, all at the same time.
class Crew
{
public:
    Crew(const WorkPlan& plan, WorkMemory& memory, Signals& signals)
        : plan_(plan), memory_(memory), signals_(signals), faults_(plan.load.threads),
          gate_(plan.load.threads)
    {
    }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    ~Crew()
    {
        ended_ = true;
        gate_.arrive_and_wait();
        for (std::thread& other : others_) {
            other.join();
        }
    }

    // The threads beside the calling one.
    [[nodiscard]] Status start()
    {
        // Signals are for the thread that looks at them.
        const SignalsHeld held;
        for (unsigned thread = 1; thread < plan_.load.threads; ++thread) {
            try {
                others_.emplace_back([this, thread] { follow(thread); });
            } catch (const std::system_error& error) {
                for (unsigned missing = thread; missing < plan_.load.threads; ++missing) {
                    gate_.arrive_and_drop();
                }
                return fail("cannot start thread {} of {}: {}", thread + 1, plan_.load.threads,
                            errno_words(error.code().value()));
            }
        }
        stream_ = make(0);
        warm_up(0);
        return {};
    }

    // The signal that ended it, or 0.
    int iterate()
    {
        gate_.arrive_and_wait();
        access_all(0, *stream_);
        gate_.arrive_and_wait();
        if (stopped_by_ == 0) {
            look_at_signals();
        }
        return stopped_by_;
    }

    [[nodiscard]] FaultCount faults() const
    {
        FaultCount sum;
        for (const FaultCount& of_thread : faults_) {
            sum += of_thread;
        }
        return sum;
    }

private:
    [[nodiscard]] std::unique_ptr<AccessStream> make(unsigned thread) const
    {
        const Load& load = plan_.load;
        if (plan_.compat == Compat::yes) {
            return make_exercise_stream(plan_.pattern.walk, load.size, plan_.seed);
        }
        return make_stream(plan_.pattern, {load.size, load.page, plan_.seed, thread, load.threads});
    }

    void follow(unsigned thread)
    {
        const auto stream = make(thread);
        warm_up(thread);
        for (;;) {
            gate_.arrive_and_wait();
            if (ended_) {
                return;
            }
            access_all(thread, *stream);
            gate_.arrive_and_wait();
        }
    }

    // The faults of code that runs for the first time are none of the accesses'.
    void warm_up(unsigned thread) const
    {
        static_cast<void>(thread_faults());
        static_cast<void>(monotonic_now());
        const auto stream = make(thread);
        stream->begin_iteration();
        static_cast<void>(stream->next());
    }

    void look_at_signals()
    {
        if (const int signal = signals_.take_any({SIGINT, SIGTERM}); signal != 0) {
            stopped_by_ = signal;
        }
    }

    [[nodiscard]] bool stopped(unsigned thread)
    {
        if (thread == 0) {
            look_at_signals();
        }
        return stopped_by_.load(std::memory_order_relaxed) != 0;
    }

    // False when asked to stop.
    bool sleep_until(unsigned thread, nanoseconds time)
    {
        constexpr nanoseconds longest = std::chrono::milliseconds(20);
        for (;;) {
            if (stopped(thread)) {
                return false;
            }
            const nanoseconds left = time - monotonic_now();
            if (left <= nanoseconds::zero()) {
                return true;
            }
            std::this_thread::sleep_for(std::min(left, longest));
        }
    }

    void access_all(unsigned thread, AccessStream& stream)
    {
        constexpr std::uint64_t look_up_every = 64;
        const FaultCount before = thread_faults();
        const Pace pace(std::max<std::uint64_t>(plan_.rate, 1));
        const nanoseconds begin = monotonic_now();
        std::uint64_t due = plan_.rate == 0 ? plan_.load.accesses : 0;
        stream.begin_iteration();
        for (std::uint64_t done = 0; done < plan_.load.accesses; ++done) {
            if (done >= due) {
                if (!sleep_until(thread, begin + pace.time_of(done))) {
                    break;
                }
                due = pace.due(monotonic_now() - begin);
            } else if (done % look_up_every == 0 && stopped(thread)) {
                break;
            }
            if (const auto place = stream.next()) {
                memory_.touch(*place, static_cast<std::byte>(done));
            }
        }
        const FaultCount after = thread_faults();
        faults_[thread] += {after.minor - before.minor, after.major - before.major};
    }

    const WorkPlan& plan_;
    WorkMemory& memory_;
    Signals& signals_;
    std::vector<FaultCount> faults_; // of each thread, which alone writes it
    std::unique_ptr<AccessStream> stream_;
    std::atomic<int> stopped_by_ = 0;
    std::atomic<bool> ended_ = false;
    std::barrier<> gate_; // before each iteration and behind it
    std::vector<std::thread> others_;
};

} // namespace

FaultCount& FaultCount::operator+=(const FaultCount& other)
{
    minor += other.minor;
    major += other.major;
    return *this;
}

FaultCount thread_faults()
{
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return {static_cast<std::uint64_t>(usage.ru_minflt),
            static_cast<std::uint64_t>(usage.ru_majflt)};
}

Result<WorkDone> do_work(const WorkPlan& plan, WorkMemory& memory, Signals& signals,
                         const std::function<Result<Next>(std::uint64_t)>& after_iteration)
{
    Crew crew(plan, memory, signals);
    TRY(crew.start());
    WorkDone done;
    done.complete = plan.load.iterations == 0;
    for (std::uint64_t i = 0; i < plan.load.iterations; ++i) {
        done.signal = crew.iterate();
        Next next = Next::end;
        if (done.signal == 0) {
            TRY_ASSIGN(next, after_iteration(i));
            done.signal = signals.take_any({SIGINT, SIGTERM});
        }
        if (next == Next::end || done.signal != 0) {
            break;
        }
        done.complete = i + 1 == plan.load.iterations;
    }
    done.faults = crew.faults();
    return done;
}

} // namespace mp3prof
